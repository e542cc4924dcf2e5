/** Ids and times: what came twice, what reuses an id, what steps back in time. */
import { isObject, textOf } from '../../text/json-object.ts';
import type { JudgedEvent } from '../state/event-context.ts';
import type { Check } from '../state/moments.ts';

export const orderChecks: readonly Check[] = [
  {
    rule: 'order/redelivered',
    of: 'redelivered',
    judge: ({ on, earlier, messageId }) => ({
      severity: 'warning',
      evidence: 'observed',
      row: on.row,
      exchange: null,
      params: { event: on.kind.canonical, ...(messageId === null ? {} : { id: idAsItCame(on, messageId) }) },
      related: [earlier],
    }),
  },
  {
    rule: 'order/id-reused',
    of: 'message id again',
    judge: ({ on, messageId, earlier, before, echo }) => {
      const { role, fields, protocol } = on.kind;
      if (role !== 'message' || echo) return null;
      const content = fields.content(on.event);
      const contentBefore = fields.content(before);
      if (typeof content !== 'string' || typeof contentBefore !== 'string') return null;
      if (content === contentBefore) return null;
      return {
        severity: 'error',
        evidence: 'documented',
        row: on.row,
        exchange: null,
        path: protocol.paths.messageId,
        params: { id: idAsItCame(on, messageId) },
        related: [earlier],
      };
    },
  },
  {
    rule: 'order/time-backwards',
    of: 'earlier time',
    judge: ({ on, at, latest, latestRow }) =>
      isEarlier(at, latest)
        ? {
            severity: 'warning',
            evidence: 'documented',
            row: on.row,
            exchange: null,
            path: on.kind.protocol.paths.timestamp,
            params: { seconds: Math.round((latest - at) / 100) / 10 },
            related: [latestRow],
          }
        : null,
  },
];

/** Ids are compared by their value, and shown as they came. */
function idAsItCame({ event, kind }: JudgedEvent, messageId: string): string {
  let value: unknown = event;
  for (const part of kind.protocol.paths.messageId) value = isObject(value) ? value[part] : undefined;
  return textOf(value) ?? messageId;
}

/** Where one of the two is in whole seconds, what is below a second says nothing. */
function isEarlier(at: number, latest: number): boolean {
  if (at % 1000 === 0 || latest % 1000 === 0) return Math.floor(at / 1000) < Math.floor(latest / 1000);
  return at < latest;
}
