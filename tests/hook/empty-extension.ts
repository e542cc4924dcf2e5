import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of an extension that does nothing, for the page to be seen without ours. */
export function emptyExtension(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-empty-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Nothing',
      version: '1',
      browser_specific_settings: { gecko: { id: 'nothing@chat-inspector.invalid' } },
    }),
  );
  return folder;
}
