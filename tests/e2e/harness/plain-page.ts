import { createServer } from 'node:http';

/** A file as it was served: its type and its text. */
interface SavedFile {
  readonly type: string;
  readonly text: string;
}

/** The files of the demo's page, without the chat server behind it. */
export type SavedPage = ReadonlyMap<string, SavedFile>;

/** Fetches the page and everything that it loads from its own server: scripts, styles and frames. */
export async function savePage(address: string, frames: readonly string[] = []): Promise<SavedPage> {
  const saved = new Map<string, SavedFile>();
  const waiting = [address, ...frames];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const url = new URL(next);
    const key = url.pathname + url.search;
    if (saved.has(key)) continue;
    const answer = await fetch(url);
    if (!answer.ok) continue;
    const text = await answer.text();
    saved.set(key, { type: answer.headers.get('content-type') ?? '', text });
    for (const [, reference = ''] of text.matchAll(/(?:src|href)="(\/page\/[^"]+)"|from "(\.\/[^"]+)"/g))
      waiting.push(new URL(reference, url).href);
    for (const [, reference = ''] of text.matchAll(/from ?["'](\.\.?\/[^"']+)["']/g))
      waiting.push(new URL(reference, url).href);
  }
  return saved;
}

export interface PlainServer {
  close(): Promise<void>;
}

/** Serves the files on a port, and nothing else: whatever asks for a chat gets 404. */
export async function servePlain(port: number, page: SavedPage): Promise<PlainServer> {
  const server = createServer((request, response) => {
    const file = page.get(request.url ?? '');
    response.writeHead(file === undefined ? 404 : 200, {
      'Content-Type': file?.type ?? 'text/plain',
      'Cache-Control': 'no-store',
    });
    response.end(file?.text ?? 'There is nothing here.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The page with something in one of its files written otherwise. Throws where the file does not hold it. */
export function altered(page: SavedPage, path: string, from: string, to: string): SavedPage {
  const file = page.get(path);
  if (file === undefined || !file.text.includes(from)) throw new Error(`${path} has no ${from}`);
  return new Map([...page, [path, { ...file, text: file.text.replace(from, to) }]]);
}
