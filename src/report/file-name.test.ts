import { expect, test } from 'vitest';
import { outputName, suggestedName } from './file-name.ts';
import { keeping, PROFILES } from './redaction/profile.ts';

test('a file’s name says when it was made and how it was redacted', () => {
  const date = new Date(2026, 10, 23, 10, 45, 0);
  expect(suggestedName(date, 'ndjson', PROFILES.none)).toBe(
    'chat-inspector-2026-11-23-104500-sensitive.ndjson',
  );
  expect(suggestedName(date, 'har', PROFILES.share)).toBe('chat-inspector-2026-11-23-104500-share.har');
  expect(suggestedName(date, 'markdown', keeping(PROFILES.share, ['name']))).toBe(
    'chat-inspector-2026-11-23-104500-share-in-part.md',
  );
});

test('only what is not redacted is called sensitive, before the extension and once', () => {
  for (const [given, name] of [
    ['d.har', 'd-sensitive.har'],
    ['x.y/d', 'x.y/d-sensitive'],
    ['x/d.har.gz', 'x/d-sensitive.har.gz'],
    ['x/d-sensitive.har.gz', 'x/d-sensitive.har.gz'],
    ['x/chat.spec.ts', 'x/chat-sensitive.spec.ts'],
    ['.hidden', '.hidden-sensitive'],
  ] as const) {
    expect(outputName(given, PROFILES.none)).toBe(name);
    expect(outputName(given, PROFILES.share)).toBe(given);
  }
});
