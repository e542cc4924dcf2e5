/** One session, event after event: what comes after the end, off the model, from parties that are not there. */
import type { JudgedEvent } from '../state/event-context.ts';
import type { Check, MomentOf, Said } from '../state/moments.ts';

const CLIENT_ACTS_AFTER_END = new Set(['message', 'form-data', 'file']);

export const lifecycleChecks: readonly Check[] = [
  {
    rule: 'lifecycle/after-end',
    of: 'event after end',
    judge: ({ on, session, end }) => {
      const { role, canonical } = on.kind;
      if (role === 'client-end' || (on.direction === 'out' && !CLIENT_ACTS_AFTER_END.has(role))) return null;
      const mild = session.protocol.model.isLenient(end.state);
      return {
        severity: mild ? 'warning' : 'error',
        evidence: mild ? 'observed' : 'documented',
        row: on.row,
        exchange: null,
        params: { event: canonical, state: end.state },
        related: end.row === null ? [] : [end.row],
      };
    },
  },
  {
    rule: 'lifecycle/party-twice',
    of: 'party seen',
    judge: ({ on, was, name }) => {
      const { role } = on.kind;
      if (role === 'joined' && was === 'present')
        return ofParty(on, name, { how: 'joined while it was there' });
      if (role === 'left' && was === 'left') return ofParty(on, name, { how: 'left when it had left' });
      return null;
    },
  },
  {
    rule: 'lifecycle/unknown-party',
    of: 'party seen',
    ofLack: true,
    judge: ({ on, was, name, unknown }) => {
      const { role } = on.kind;
      const told = role === 'typing' || role === 'not-typing' || role === 'left';
      // Of one that had left something else is said.
      return unknown && told && was !== 'left' ? ofParty(on, name) : null;
    },
  },
  {
    rule: 'lifecycle/after-left',
    of: 'party seen',
    judge: ({ on, was, name }) => {
      const { role } = on.kind;
      const acts = role === 'typing' || role === 'message' || role === 'file';
      return was === 'left' && acts ? ofParty(on, name) : null;
    },
  },
  {
    rule: 'lifecycle/form-unrequested',
    of: 'form answered',
    ofLack: true,
    judge: ({ on, form, asked }) =>
      asked
        ? null
        : {
            severity: 'warning',
            evidence: 'inferred',
            row: on.row,
            exchange: null,
            path: on.kind.protocol.paths.formId,
            params: { form },
          },
  },
  {
    rule: 'lifecycle/warning-unanswered',
    of: 'ended after warning',
    ofLack: true,
    judge: ({ on, warning, acted, ended }) =>
      acted || ended
        ? null
        : { severity: 'note', evidence: 'inferred', row: on.row, exchange: null, related: [warning] },
  },
  { rule: 'lifecycle/unexpected-status', of: 'stepped', judge: unexpectedStatus },
  {
    rule: 'lifecycle/form-unanswered',
    of: 'form unanswered',
    ofLack: true,
    judge: ({ session, form, row, when, endedBy }) => ({
      severity: 'warning',
      evidence: 'inferred',
      row,
      exchange: null,
      path: session.protocol.paths.formId,
      params: { form, when },
      related: endedBy === null ? [] : [endedBy],
    }),
  },
  {
    rule: 'lifecycle/typing-unfinished',
    of: 'typing unfinished',
    ofLack: true,
    judge: ({ row, limit }) => ({
      severity: 'note',
      evidence: 'inferred',
      row,
      exchange: null,
      params: limit === null ? { file: 'file' } : { limit: limit / 1000 },
    }),
  },
];

function unexpectedStatus({ session, step, row, path }: MomentOf<'stepped'>): Said | null {
  const { from, to, allowed } = step;
  if (allowed || from === null) return null;
  const expected = session.protocol.model.next(from).join(', ');
  return {
    severity: 'warning',
    evidence: 'inferred',
    row,
    exchange: null,
    path,
    params: { from, to, expected },
  };
}

function ofParty(on: JudgedEvent, name: string, params: Readonly<Record<string, string>> = {}): Said {
  const named = name === '' ? {} : { name };
  return {
    severity: 'warning',
    evidence: 'inferred',
    row: on.row,
    exchange: null,
    path: on.kind.protocol.paths.party,
    params: { party: on.partyId ?? '', event: on.kind.canonical, ...named, ...params },
  };
}
