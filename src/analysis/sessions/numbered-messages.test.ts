import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeenEvents } from '../tables/duplicate-index.ts';
import { RowStore } from '../tables/row-table.ts';
import { NumberedMessages, numberOf } from './numbered-messages.ts';

const ROW = {
  kind: 'event',
  observation: 0,
  wallTime: 0,
  name: 'chat_session_message',
  direction: 'in',
  transport: 'xhr',
  exchange: -1,
  session: 0,
  frame: -1,
  start: 0,
  end: 0,
  form: 'plain',
  truncated: false,
} as const;

test('reads as a number only what is written as one', () => {
  expect(['0', '7', '40', '123456789'].map(numberOf)).toEqual([0, 7, 40, 123456789]);
  for (const id of ['', '07', '-1', '1.0', ' 1', '1e3', '1234567890', 'x']) expect(numberOf(id), id).toBe(-1);
});

test('gives for each id the row that had it last, in whatever order they come', () => {
  const id = fc.oneof(fc.nat(12).map(String), fc.constantFrom('x', '01', '1234567890'));
  fc.assert(
    fc.property(fc.array(id, { maxLength: 30 }), (ids) => {
      const rows = new RowStore();
      const seen = new SeenEvents();
      const messages = new NumberedMessages(3, 4);
      const last = new Map<string, number>();
      for (const each of ids) {
        const row = rows.push(ROW);
        expect(messages.exchange(each, row, rows, seen)).toBe(last.get(each) ?? -1);
        last.set(each, row);
      }
    }),
  );
});
