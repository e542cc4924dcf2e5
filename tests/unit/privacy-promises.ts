import type { NamedTest } from './named-tests.ts';

const SECRETS = 'tests/hostile/secrets.test.ts';

/** By the mark of a statement in `store/privacy.md`: the tests that hold it. */
export const PROMISES: Readonly<Record<string, readonly NamedTest[]>> = {
  'nothing-leaves': [
    {
      file: 'tests/unit/store-policy.test.ts',
      title: 'objects to permissions nobody explained and to pages that may connect',
    },
  ],
  'not-chat': [
    { file: SECRETS, title: 'of a page without chat nothing is kept, wherever a secret stands' },
    {
      file: SECRETS,
      title: 'of a page that chats only the chat is kept: by the ring, the recorder and the export',
    },
  ],
  chat: [
    {
      file: 'tests/e2e/ledger.test.ts',
      title: "holds what the server's sockets read and wrote, and nothing else",
    },
    { file: 'src/capture/headers.test.ts', title: 'only headers that matter to a chat are captured' },
  ],
  authorization: [
    { file: 'tests/hook/records.test.ts', title: 'secrets of the headers do not leave the page' },
  ],
  cookies: [
    {
      file: SECRETS,
      title: 'of a page that chats only the chat is kept: by the ring, the recorder and the export',
    },
  ],
  ring: [
    {
      file: 'tests/e2e/late-panel.test.ts',
      title: 'a panel opened after the ring ran over says how much was dropped',
    },
  ],
  recorder: [
    {
      file: 'src/background/flight-recorder.test.ts',
      title: 'a tab that is closed leaves nothing, nor does half an hour without traffic',
    },
    {
      file: 'tests/e2e/recorder-alarm.test.ts',
      title: 'an alarm wakes the background to forget what lay for half an hour',
    },
    { file: SECRETS, title: 'nothing that a page said lies on the disk, but what the browser itself writes' },
  ],
  panel: [
    { file: 'tests/e2e/clear.test.ts', title: 'what was cleared is forgotten by panel, page and recorder' },
  ],
  undo: [{ file: 'panel/store/inspector.test.ts', title: 'Clear can be undone for ten seconds' }],
  settings: [
    { file: SECRETS, title: 'nothing that a page said lies on the disk, but what the browser itself writes' },
  ],
  'saved-filters': [
    {
      file: 'panel/filter/saved-filters.test.ts',
      title: 'a saved filter lies in the storage under its name, and nothing else does',
    },
    {
      file: 'tests/e2e/filter.test.ts',
      title: 'a filter is saved under a name and taken again; the one in use is not kept',
    },
  ],
  exports: [
    {
      file: 'tests/e2e/round-trip.test.ts',
      title: 'an exported file, imported again, gives the same timeline',
    },
  ],
  popup: [
    {
      file: 'tests/e2e/popup.test.ts',
      title: 'the popup lists what is recorded of the tab, without queries, and has it forgotten',
    },
  ],
  clear: [
    { file: 'tests/e2e/clear.test.ts', title: 'what was cleared is forgotten by panel, page and recorder' },
    {
      file: 'tests/e2e/clear.test.ts',
      title: 'a page that comes back from the back/forward cache has forgotten what was cleared meanwhile',
    },
    { file: 'tests/e2e/clear.test.ts', title: 'with "Preserve log" off nothing of earlier pages is kept' },
  ],
  'recorder-switch': [
    { file: 'src/background/switchboard.test.ts', title: 'of private windows nothing is stored' },
    { file: 'src/background/switchboard.test.ts', title: 'with the recorder off nothing is stored' },
  ],
  sensitive: [
    {
      file: 'tests/e2e/round-trip.test.ts',
      title: 'an exported file, imported again, gives the same timeline',
    },
    { file: 'tests/e2e/export.test.ts', title: 'an export is redacted unless a person asks twice' },
    {
      file: 'src/report/redaction/planted-secrets.test.ts',
      title: 'no planted secret is in a redacted trace',
    },
  ],
  access: [
    { file: 'tests/e2e/permission.test.ts', title: 'where access to sites was taken back the panel says so' },
  ],
  source: [
    {
      file: 'tests/unit/store-archive.test.ts',
      title: 'holds what was committed, not what lies in the folder',
    },
  ],
};
