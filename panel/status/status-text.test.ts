import { expect, test } from 'vitest';
import { statusText } from './status-text.ts';

const totals = { observations: 0, rows: 0, errors: 0, warnings: 0, notes: 0 };
const inSight = { workers: 0, popups: 0, unhookedFrames: 0 };

test('all is counted, and thousands are grouped', () => {
  const line = statusText({ ...totals, events: 1204, sessions: 2, problems: 3, dropped: 0 }, 0, inSight);
  expect(line).toBe('1,204 events · 2 sessions · 3 problems · 0 dropped');
});

test('one of a kind is singular', () => {
  const line = statusText({ ...totals, events: 1, sessions: 1, problems: 1, dropped: 1 }, 0, inSight);
  expect(line).toBe('1 event · 1 session · 1 problem · 1 dropped');
});

test('what found no room is dropped too, and what is out of sight is said at the end', () => {
  const line = statusText({ ...totals, events: 0, sessions: 0, problems: 0, dropped: 2 }, 3, {
    workers: 1,
    popups: 2,
    unhookedFrames: 1,
  });
  expect(line).toBe(
    '0 events · 0 sessions · 0 problems · 5 dropped · 1 worker out of sight · 2 popups with their own panel · 1 frame loaded before the extension',
  );
});
