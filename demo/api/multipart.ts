import type { StoredFile } from '../attachments.ts';

/** The first file of a `multipart/form-data` body, or null where there is none. */
export function readUpload(contentType: string, body: Buffer): StoredFile | null {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const start = body.indexOf(`--${boundary}`);
  const headEnd = body.indexOf('\r\n\r\n', start);
  const end = body.indexOf(`\r\n--${boundary}`, headEnd);
  if (start < 0 || headEnd < 0 || end < 0) return null;
  const head = body.subarray(start, headEnd).toString('utf8');
  return {
    name: /filename="([^"]*)"/.exec(head)?.[1] ?? 'file',
    type: /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim() ?? 'application/octet-stream',
    content: body.subarray(headEnd + 4, end),
  };
}
