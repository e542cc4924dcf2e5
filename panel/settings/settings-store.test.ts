import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, SETTINGS_KEY } from '../../src/messaging/settings.ts';
import { storedSettings } from './settings-store.ts';

function storage(before?: unknown) {
  const items: Record<string, unknown> = before === undefined ? {} : { [SETTINGS_KEY]: before };
  const area = {
    get: async (key: string) => (key in items ? { [key]: items[key] } : {}),
    set: async (more: Record<string, unknown>) => void Object.assign(items, more),
  };
  return { items, store: storedSettings(async () => area) };
}

test('what was never set, or cannot be understood, is the default', async () => {
  expect(await storage().store.read()).toEqual(DEFAULT_SETTINGS);
  expect(await storage('damaged').store.read()).toEqual(DEFAULT_SETTINGS);
});

test('what is written is what is read', async () => {
  const { store } = storage();
  const settings = { ...DEFAULT_SETTINGS, patterns: ['/relay/poll'], recorder: false };
  await store.write(settings);
  expect(await store.read()).toEqual(settings);
});

test('what another version keeps beside them stays', async () => {
  const { store, items } = storage({ later: 1 });
  await store.write(DEFAULT_SETTINGS);
  expect(items[SETTINGS_KEY]).toMatchObject({ later: 1 });
});
