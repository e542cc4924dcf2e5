/** What a report says first: when, how much, what was replaced, which way each session went, and where it was captured. */
import { useMemo } from 'preact/hooks';
import type { SessionView } from '../../src/analysis/api/analysis.ts';
import type { ReportAbout } from '../../src/report/formats/html.ts';
import { traceSummary } from '../../src/report/formats/session-summary.ts';
import { clock, count, counted, duration } from '../format/format.ts';
import { Captured } from '../marks/captured.tsx';
import { SeverityMark } from '../marks/marks.tsx';
import { SessionChip } from '../marks/session-chip.tsx';
import type { Inspector } from '../store/inspector.ts';
import type { TraceModel } from '../store/trace-model.ts';

export function ReportHead({ trace, about }: { trace: TraceModel; about: ReportAbout }) {
  const { events, sessions, errors, warnings } = trace.totals.value;
  const { profile, total } = about.redaction;
  return (
    <header class="report-head">
      <h1>
        <Captured text={about.title} />
      </h1>
      <p class="report-meta">
        <span>{counted(sessions, 'session')}</span>
        <span>{counted(events, 'event')}</span>
        <span class="report-errors">
          <SeverityMark severity="error" /> {counted(errors, 'error')}
        </span>
        <span class="report-warnings">
          <SeverityMark severity="warning" /> {counted(warnings, 'warning')}
        </span>
        <span>
          by <Captured text={about.producer} />
        </span>
      </p>
      <p class="report-redaction">
        {profile === 'none' ? (
          <>
            <SeverityMark severity="warning" /> Not redacted: this file may hold names, messages and tokens of
            real people.
          </>
        ) : (
          <>
            Redacted, profile{' '}
            <strong>
              <Captured text={profile} />
            </strong>
            {total > 0 && `: ${count(total)} values are replaced; equal values have equal tokens`}. This file
            makes no request; it may be opened anywhere.
          </>
        )}
      </p>
    </header>
  );
}

/** What the person who made the report says of it. */
export function Words({ about: { expected = '', notes = '' } }: { about: ReportAbout }) {
  const parts = [
    ['Expected', expected],
    ['Notes', notes],
  ] as const;
  return (
    <>
      {parts
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <div key={name} class="report-words">
            <h3>{name}</h3>
            <p>
              <Captured text={text} />
            </p>
          </div>
        ))}
    </>
  );
}

/** Sessions that are told one by one. */
const TOLD = 50;
/** Steps of a session's way that are drawn. */
const STEPS = 40;

export function ReportSummary({ inspector }: { inspector: Inspector }) {
  const trace = inspector.trace.value;
  const { observations } = trace.totals.value;
  const environment = trace.source.kind === 'file' ? trace.source.header?.environment : undefined;
  const summary = useMemo(
    () => traceSummary(trace.analysis, trace.observations(), environment),
    [trace, observations, environment],
  );
  const sessions = trace.analysis.sessions();
  return (
    <div class="report-two">
      <div>
        <ul class="report-sessions" aria-label="Sessions">
          {sessions.slice(0, TOLD).map((session) => (
            <li key={session.id}>
              <SessionWay trace={trace} session={session} />
            </li>
          ))}
          {sessions.length > TOLD && (
            <li class="quiet">and {counted(sessions.length - TOLD, 'session')} more</li>
          )}
          {sessions.length === 0 && <li class="quiet">No chat session.</li>}
        </ul>
        {summary.marks.length > 0 && (
          <ol class="report-marks" aria-label="Marks">
            {summary.marks.map(({ wallTime, text, event }, at) => (
              <li key={at}>
                <span class="quiet">
                  {clock(wallTime)} <Captured text={event} />
                </span>{' '}
                <Captured text={text} />
              </li>
            ))}
          </ol>
        )}
      </div>
      <div>
        <h3>Environment</h3>
        <dl class="report-environment">
          {summary.environment.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Captured text={value} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

interface SessionWayProps {
  readonly trace: TraceModel;
  readonly session: SessionView;
}

function SessionWay({ trace, session }: SessionWayProps) {
  const steps = trace.analysis.machine(session.id)?.steps ?? [];
  return (
    <>
      <p>
        <SessionChip id={session.id} letter={session.letter} /> {counted(session.eventCount, 'event')} in{' '}
        {duration(Math.max(0, session.lastAt - session.startedAt))}, now{' '}
        <strong>
          <Captured text={session.state} />
        </strong>
      </p>
      <p class="report-way">
        {steps.slice(0, STEPS).map(({ to, allowed, wallTime }, at) => (
          <span key={at} class={allowed ? 'report-step' : 'report-step report-step-foreign'}>
            <span class="quiet">{clock(wallTime)}</span> <Captured text={to} />
            {!allowed && ' (not expected)'}
          </span>
        ))}
        {steps.length > STEPS && <span class="quiet">… {count(steps.length - STEPS)} more</span>}
      </p>
    </>
  );
}
