import { expect, test } from 'vitest';
import { preferencesInMemory } from './preferences.ts';
import { NAMES, neededFor, parseChoice, TimelineColumns, templateFor } from './timeline-columns.ts';

test('columns are hidden, moved and resized, and remembered', () => {
  const preferences = preferencesInMemory();
  const columns = new TimelineColumns(preferences);
  expect(columns.unchanged).toBe(true);
  columns.toggle('transport');
  columns.move('size', -20);
  columns.resize('party', 90.4);
  const shown = [
    'mark',
    'size',
    'time',
    'previous',
    'direction',
    'event',
    'session',
    'party',
    'summary',
    'took',
  ];
  expect(columns.shown.value).toEqual(shown);
  const again = new TimelineColumns(preferences);
  expect(again.choice.value).toEqual(columns.choice.value);
  expect(again.choice.value.widths).toEqual({ party: 90 });
  again.reset();
  expect(again.unchanged).toBe(true);
  expect(new TimelineColumns(preferences).unchanged).toBe(true);
});

test('the mark stays first, and neither it nor the event is hidden', () => {
  const columns = new TimelineColumns(preferencesInMemory());
  for (const name of ['mark', 'event'] as const) columns.toggle(name);
  columns.move('mark', 3);
  columns.move('time', -5);
  expect(columns.unchanged).toBe(true);
});

test('what has no room in a narrow timeline has no place in it, and says what it needs', () => {
  const { choice } = new TimelineColumns(preferencesInMemory());
  const places = (room: number) => templateFor(choice.value, room).split(/ (?![^(]*\))/).length;
  expect([861, 860, 620, 420].map(places)).toEqual([11, 10, 6, 6]);
  expect(neededFor('party')).toBe(860);
  expect(neededFor('took')).toBe(620);
  expect(neededFor('event')).toBe(0);
});

test('some column takes the room that is left', () => {
  const columns = new TimelineColumns(preferencesInMemory());
  expect(templateFor(columns.choice.value, 1400)).toContain('1fr');
  columns.toggle('summary');
  expect(templateFor(columns.choice.value, 1400).match(/1fr/g)).toHaveLength(1);
  columns.resize('event', 5_000);
  expect(templateFor(columns.choice.value, 1400)).toContain('minmax(1000px, 1fr)');
});

test.each(['', '{', '7', 'null', '{"order":7,"hidden":"x","widths":[]}', '{"order":["x","mark","mark"]}'])(
  'what was remembered and is none is left: %s',
  (text) => {
    expect(parseChoice(text)).toEqual({ order: NAMES, hidden: [], widths: {} });
  },
);

test('a width that is none is left, and one that is too much is the most', () => {
  const text = '{"widths":{"time":1e9,"size":-3,"party":null,"__proto__":5,"x":5},"hidden":["event","size"]}';
  expect(parseChoice(text)).toMatchObject({ widths: { time: 1000, size: 24 }, hidden: ['size'] });
});
