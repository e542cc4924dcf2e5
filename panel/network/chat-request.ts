/** What of the requests that DevTools reports is chat: the hook's own rule, by URL and by bytes. */
import type { Settings } from '../../src/messaging/settings.ts';
import { hasChatMark, isChatUrl, MARK_WINDOW } from '../../src/protocol/marks.ts';
import type { NetworkRequest } from './network-entry.ts';

export type ChatSettings = Pick<Settings, 'patterns' | 'marks' | 'everything'>;

/** True for a URL that says by itself that this is chat: then nobody need look at the bytes. */
export function isChatByUrl(url: string, { patterns, everything }: ChatSettings): boolean {
  return everything || isChatUrl(url) || patterns.some((pattern) => fits(url, pattern));
}

/** Scripts, styles and pages may name chat events without being chat: the widget's own code above all. */
const PAGE_FILE = /javascript|ecmascript|html|css|wasm|^(image|audio|video|font)\//i;

/** True for a media type in whose bytes the marks are looked for. */
export function mayNameChat(mediaType: string): boolean {
  return !PAGE_FILE.test(mediaType);
}

/** True if the request is chat by its URL, its body, its answer or its messages. */
export function isChatRequest(request: NetworkRequest, settings: ChatSettings): boolean {
  if (isChatByUrl(request.url, settings)) return true;
  return request.drafts.some(({ content }) => {
    if (content.kind === 'request')
      return content.body?.encoding === 'text' && named(content.body.data, settings);
    return (
      'payload' in content && content.payload.encoding === 'text' && named(content.payload.data, settings)
    );
  });
}

function named(text: string, { marks }: ChatSettings): boolean {
  if (hasChatMark(text)) return true;
  if (marks.length === 0) return false;
  const head = text.slice(0, MARK_WINDOW);
  return marks.some((mark) => head.includes(mark));
}

/** `*` stands for any text; the parts between must follow each other. As in the hook: no regular expression. */
function fits(url: string, pattern: string): boolean {
  let at = 0;
  for (const part of pattern.split('*')) {
    const found = url.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
