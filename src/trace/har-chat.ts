import { hasChatMark, isChatUrl } from '../protocol/marks.ts';
import type { HarEntry } from './har-entry.ts';
import { harPayload } from './har-payload.ts';

/** Files of the page that may name chat events without being chat: the widget's own script above all. */
const PAGE_FILE = /javascript|ecmascript|html|css|wasm|^(image|audio|video|font)\//i;

/** True if the entry is chat traffic: by the path of its URL, or by an event's name in its bytes. */
export function isChatEntry(entry: HarEntry): boolean {
  if (isChatUrl(entry.request.url)) return true;
  const frames = entry._webSocketMessages ?? entry._eventSourceMessages;
  if (frames?.some((message) => message.data !== undefined && hasChatMark(message.data))) return true;
  if (bodyIsChat(entry.request.postData)) return true;
  return bodyIsChat(entry.response?.content);
}

function bodyIsChat(body: Parameters<typeof harPayload>[0] | undefined): boolean {
  if (body?.text === undefined || PAGE_FILE.test(body.mimeType ?? '')) return false;
  const payload = harPayload(body);
  return payload.encoding === 'text' && hasChatMark(payload.data);
}
