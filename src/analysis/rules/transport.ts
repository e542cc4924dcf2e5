/** How the client talks to the server: polls, error answers, connections that break. */
import { OVERLAP_ALLOWED } from '../sessions/pending-items.ts';
import type { Check } from '../state/moments.ts';
import { NONE } from '../tables/row-table.ts';

/** Normal, going away, and a clean close without a code (RFC 6455, section 7.4.1). */
const CLEAN_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

export const transportChecks: readonly Check[] = [
  {
    rule: 'transport/poll-after-end',
    of: 'polled after end',
    // The first may have been on its way.
    judge: ({ poll, end, count }) =>
      count > 1
        ? {
            severity: 'error',
            evidence: 'documented',
            row: null,
            exchange: poll,
            params: { count, state: end.state },
            related: end.row === null ? [] : [end.row],
          }
        : null,
  },
  {
    rule: 'transport/overlapping-polls',
    of: 'polls overlapped',
    judge: ({ newer, olderRow, lasted, gaveUp }) =>
      gaveUp && lasted < OVERLAP_ALLOWED
        ? null
        : {
            severity: 'error',
            evidence: 'documented',
            row: null,
            exchange: newer,
            params: { milliseconds: Math.round(lasted) },
            related: olderRow === NONE ? [] : [olderRow],
          },
  },
  {
    rule: 'transport/poll-aborted',
    of: 'poll aborted',
    judge: ({ poll, lasted }) => ({
      severity: 'note',
      evidence: 'observed',
      row: null,
      exchange: poll,
      params: { seconds: Math.round(lasted / 100) / 10 },
    }),
  },
  {
    rule: 'transport/poll-stalled',
    of: 'polling stopped',
    ofLack: true,
    judge: ({ poll, idle }) => ({
      severity: 'warning',
      evidence: 'inferred',
      row: null,
      exchange: poll,
      params: { seconds: Math.floor(idle / 1000) },
    }),
  },
  {
    rule: 'transport/error',
    of: 'answered with error',
    judge: ({ answer, meaning, ended, words, messages }) => {
      const { exchange, operation, status, code, row } = answer;
      return {
        severity: meaning === 'gone' && ended ? 'note' : 'error',
        evidence: 'documented',
        row,
        exchange,
        params: {
          ...(status === null ? {} : { status }),
          operation: operation.id,
          ...(code === null ? {} : { code }),
          ...(words === null ? {} : { meaning: words }),
        },
        related: messages,
      };
    },
  },
  {
    rule: 'transport/closed-abnormally',
    of: 'connection closed',
    judge: ({ exchange, row, how }) => {
      if (how !== 'broke off' && CLEAN_CODES.has(how.code)) return null;
      return {
        severity: 'warning',
        evidence: 'inferred',
        row,
        exchange,
        params:
          how === 'broke off'
            ? { how: 'the stream broke off' }
            : { how: `code ${how.code}`, ...(how.reason === '' ? {} : { reason: how.reason }) },
      };
    },
  },
  {
    rule: 'transport/unfinished-event',
    of: 'event unfinished',
    judge: ({ row }) => ({ severity: 'warning', evidence: 'documented', row, exchange: null }),
  },
];
