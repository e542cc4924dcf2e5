import { expect, test } from 'vitest';
import { ALL_IN_SIGHT as inSight } from '../feed/feed.ts';
import { limits, statusText } from './status-text.ts';

const totals = { observations: 0, rows: 0, errors: 0, warnings: 0, notes: 0 };

test('all is counted, and thousands are grouped', () => {
  const line = statusText({ ...totals, events: 1204, sessions: 2, problems: 3, dropped: 0 }, 0, inSight, 0);
  expect(line).toBe('1,204 events · 2 sessions · 3 problems · 0 dropped');
});

test('one of a kind is singular', () => {
  const line = statusText({ ...totals, events: 1, sessions: 1, problems: 1, dropped: 1 }, 0, inSight, 0);
  expect(line).toBe('1 event · 1 session · 1 problem · 1 dropped');
});

const unseen = {
  workers: 1,
  workerSockets: 'unseen',
  popups: 2,
  unhookedFrames: 1,
  earlierFetches: 12,
} as const;

test('what found no room is dropped too, and what is out of sight is said at the end', () => {
  const none = { ...totals, events: 0, sessions: 0, problems: 0, dropped: 2 };
  expect(statusText(none, 3, unseen, 1).split(' · ')).toEqual([
    '0 events',
    '0 sessions',
    '0 problems',
    '5 dropped',
    '1 frame paused',
    '1 worker: sockets and earlier requests out of sight',
    '1 frame without the hook',
    '12 earlier fetches not looked at',
    '2 popups with their own panel',
  ]);
});

test('each of these has a sentence, and nothing else has', () => {
  expect(limits(unseen)).toHaveLength(4);
  expect(limits(inSight)).toEqual([]);
});

test('where DevTools tell the messages of sockets, only streams are out of sight', () => {
  const told = { ...unseen, workerSockets: 'told' } as const;
  const none = { ...totals, events: 0, sessions: 0, problems: 0, dropped: 0 };
  expect(statusText(none, 0, told, 0)).toContain(
    '1 worker: running streams and earlier requests out of sight',
  );
  expect(limits(told).join()).toContain('their requests and sockets are taken from DevTools');
});
