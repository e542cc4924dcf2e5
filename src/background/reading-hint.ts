/**
 * Says to every relay at its start whether asking for the settings is worth waking the background: a page that has said
 * no chat yet has no connection to learn by what else counts as chat. The hint is yes or no and holds no setting; it lies
 * where content scripts may read: `storage.session` in Chrome, `storage.local` in Firefox, which lets none into the other.
 */
import browser from 'webextension-polyfill';
import { READING_HINT_KEY } from '../messaging/contracts.ts';
import type { Settings } from '../messaging/settings.ts';

/** One after the other: the hint is of the settings that were read last. */
let writing: Promise<void> = Promise.resolve();

export function hintReading(settings: Settings): void {
  writing = writing
    .then(() => write(settings))
    // The storage may be full: then relays learn with their connection, or a panel.
    .catch(() => {});
}

async function write({ patterns, marks, everything }: Settings): Promise<void> {
  const { session, local } = browser.storage;
  const area = 'setAccessLevel' in session ? session : local;
  const worth = patterns.length > 0 || marks.length > 0 || everything;
  const before = (await area.get(READING_HINT_KEY))[READING_HINT_KEY] === true;
  if (before !== worth) await area.set({ [READING_HINT_KEY]: worth });
}
