import { expect, test } from 'vitest';
import type { StorageArea } from '../settings/settings-store.ts';
import { parseSaved, SavedFilters } from './saved-filters.ts';

function storage(): { readonly area: StorageArea; readonly stored: Map<string, unknown> } {
  const stored = new Map<string, unknown>();
  const area = {
    get: async (key: string) => ({ [key]: stored.get(key) }),
    async set(items: Record<string, unknown>) {
      for (const [key, value] of Object.entries(items)) stored.set(key, value);
    },
  };
  return { area, stored };
}

test('a saved filter lies in the storage under its name, and nothing else does', async () => {
  const { area, stored } = storage();
  const saved = new SavedFilters(async () => area);
  await saved.save({ name: 'Transfer', text: 'event:status or event:party_' });
  await saved.save({ name: 'Errors', text: 'has:error' });
  await saved.save({ name: 'Transfer', text: 'event:status' });
  expect([...stored]).toEqual([
    [
      'filters',
      [
        { name: 'Errors', text: 'has:error' },
        { name: 'Transfer', text: 'event:status' },
      ],
    ],
  ]);
  await saved.remove('Errors');
  expect(saved.all.value.map(({ name }) => name)).toEqual(['Transfer']);
});

test('what another panel saved meanwhile stays', async () => {
  const { area } = storage();
  const [one, other] = [new SavedFilters(async () => area), new SavedFilters(async () => area)];
  await one.read();
  await other.save({ name: 'b', text: 'x' });
  await one.save({ name: 'a', text: 'y' });
  expect(one.all.value.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('whatever was stored, only filters with a name and a text are taken', () => {
  const stored = [
    null,
    1,
    { name: 'a' },
    { name: ' ', text: 'x' },
    { name: 'b', text: '' },
    { name: ' c ', text: 'x' },
  ];
  expect(parseSaved(stored)).toEqual([{ name: 'c', text: 'x' }]);
  expect(parseSaved('filters')).toEqual([]);
});
