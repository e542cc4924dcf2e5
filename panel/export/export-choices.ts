/** What a person chose in the dialog, and what it asks of the writer. */

import { CONVERT_FORMATS, type ConvertFormat } from '../../src/report/convert.ts';
import type { Kind } from '../../src/report/redaction/kinds.ts';
import { keeping, PROFILES, type Profile, type ProfileName } from '../../src/report/redaction/profile.ts';
import { NO_WORDS, type ReportWords } from '../../src/report/report-words.ts';
import type { Selection } from '../../src/report/selection.ts';
import type { Preferences } from '../store/preferences.ts';
import type { Picture } from './pictures.ts';

export type ExportFormat = ConvertFormat | 'bug-report';
const FORMATS: readonly ExportFormat[] = ['bug-report', ...CONVERT_FORMATS];

/** How fast the servers of a test answer: `4` is four times as fast as they did. */
export type TestPace = 'order' | 'real' | '4';

export interface ExportChoices {
  readonly what: 'trace' | 'sessions' | 'range';
  /** Ids. */
  readonly sessions: ReadonlySet<string>;
  /** Local times as a field for them has them, to the millisecond; '' for no bound. */
  readonly from: string;
  readonly until: string;
  readonly format: ExportFormat;
  readonly profile: ProfileName;
  /** Kinds of values that are left as they are. */
  readonly kept: ReadonlySet<Kind>;
  readonly packed: boolean;
  /** Of a test. */
  readonly pace: TestPace;
  /** Of a bug report. */
  readonly words: ReportWords;
  readonly pictures: readonly Picture[];
}

/** As the person chose last time; what replaces nothing is never chosen for them. */
export function lastChoices(preferences: Preferences): ExportChoices {
  const format = preferences.read('export-format', '');
  return {
    what: 'trace',
    sessions: new Set(),
    from: '',
    until: '',
    format: FORMATS.find((each) => each === format) ?? 'ndjson',
    profile: preferences.read('export-profile', '') === 'internal' ? 'internal' : 'share',
    kept: new Set(),
    packed: false,
    pace: 'order',
    words: NO_WORDS,
    pictures: [],
  };
}

export function rememberChoices({ format, profile }: ExportChoices, preferences: Preferences): void {
  preferences.write('export-format', format);
  if (profile !== 'none') preferences.write('export-profile', profile);
}

export function profileOf({ profile, kept }: Pick<ExportChoices, 'profile' | 'kept'>): Profile {
  return profile === 'none' ? PROFILES.none : keeping(PROFILES[profile], kept);
}

/** What of the trace is written; a sentence where the choice says nothing that can be written. */
export function selectionOf(choices: ExportChoices): Selection | { readonly fault: string } {
  const whole = { sessions: [], from: null, until: null };
  if (choices.what === 'trace') return whole;
  if (choices.what === 'sessions') {
    if (choices.sessions.size === 0) return { fault: 'Choose at least one session.' };
    return { ...whole, sessions: [...choices.sessions] };
  }
  const from = timeIn(choices.from);
  const until = timeIn(choices.until);
  if (from !== null && until !== null && from > until) return { fault: 'The range ends before it begins.' };
  return { ...whole, from, until };
}

function timeIn(text: string): number | null {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? null : time;
}

/** Unix milliseconds as a field for local times takes them; '' for what is no time. */
export function localTime(wallTime: number): string {
  const date = new Date(wallTime);
  if (!Number.isFinite(date.getTime()) || date.getFullYear() < 1 || date.getFullYear() > 9999) return '';
  const padded = (value: number, digits: number) => String(value).padStart(digits, '0');
  const day = [padded(date.getFullYear(), 4), padded(date.getMonth() + 1, 2), padded(date.getDate(), 2)].join(
    '-',
  );
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((each) => padded(each, 2));
  return `${day}T${clock.join(':')}.${padded(date.getMilliseconds(), 3)}`;
}
