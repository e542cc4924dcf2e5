import { randomUUID } from 'node:crypto';
import type { StoredFile } from '../attachments.ts';
import type { Chat } from '../chat.ts';
import type { Exchange } from '../exchange.ts';
import type { Call } from './call.ts';
import { refuse, type Version } from './errors.ts';
import { readUpload } from './multipart.ts';

/** Uploads belong to no chat until an event names them, so they are kept beside the chats. The newest 1000 stay. */
const uploads = new Map<string, StoredFile>();

/** POST /files. */
export function upload(call: Call) {
  const { exchange, version } = call;
  if (exchange.tooLarge) return refuse(exchange, version, '5501');
  const file = readUpload(exchange.request.headers['content-type'] ?? '', exchange.body);
  if (file === null) return refuse(exchange, version, '5502');
  const id = randomUUID();
  uploads.set(id, file);
  const [oldest] = uploads.keys();
  if (uploads.size > 1000 && oldest !== undefined) uploads.delete(oldest);
  exchange.json(200, { file_id: id, file_name: file.name });
}

/** GET /chats/{id}/files/{fileId}. */
export function download(exchange: Exchange, version: Version, chat: Chat, id: string) {
  const file = chat.files.get(id) ?? uploads.get(id);
  if (file === undefined) return refuse(exchange, version, '5502');
  exchange.answer(
    200,
    { 'Content-Type': file.type, 'Content-Disposition': `attachment; filename="${encodeURI(file.name)}"` },
    file.content,
  );
}
