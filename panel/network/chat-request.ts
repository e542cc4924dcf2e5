/** What of the requests that DevTools reports is chat: the hook's own rule, by URL and by bytes. */
import type { Settings } from '../../src/messaging/settings.ts';
import type { Payload } from '../../src/observation/observation.ts';
import { isChatUrl, MARK_WINDOW, namesEvent, type Speaker } from '../../src/protocol/marks.ts';
import { fitsPattern } from '../../src/text/url-pattern.ts';
import { lettersOf, onlyChat } from '../../src/trace/har-chat.ts';
import type { Draft } from '../../src/trace/har-draft.ts';
import { PackedLook } from '../../src/trace/packed-look.ts';
import type { NetworkRequest } from './network-entry.ts';

export type ChatSettings = Pick<Settings, 'patterns' | 'marks' | 'everything'>;

/** True for a URL that says by itself that this is chat: then nobody need look at the bytes. */
export function isChatByUrl(url: string, { patterns, everything }: ChatSettings): boolean {
  return everything || isChatUrl(url) || patterns.some((pattern) => fitsPattern(url, pattern));
}

/** True if the request is chat by its URL, its body, its answer or its messages. */
export function isChatRequest(request: NetworkRequest, settings: ChatSettings): boolean {
  return (
    isChatByUrl(request.url, settings) || request.drafts.some(({ content }) => isChat(content, settings))
  );
}

/** The request with what is kept of it: of a socket's or stream's messages those that are chat, unless its URL is. */
export function keptOf(request: NetworkRequest, settings: ChatSettings): NetworkRequest {
  if (isChatByUrl(request.url, settings)) return request;
  const drafts = onlyChat(request.drafts, new PackedLook(), (text) => hasMark(text, settings));
  const parts = drafts.flatMap(({ content }) =>
    content.kind === 'chunk' && content.payload.encoding === 'text' ? [content.payload] : [],
  );
  return { ...request, drafts, answer: parts[0] ?? request.answer };
}

function isChat(content: Draft['content'], settings: ChatSettings): boolean {
  switch (content.kind) {
    case 'request':
      return content.body !== null && named(content.body, 'client', settings);
    case 'frame':
      return named(content.payload, content.direction === 'out' ? 'client' : 'server', settings);
    case 'stream-event':
      return namesEvent(`event:${content.event}\n`, 'server') || named(content.payload, 'server', settings);
    case 'body':
      return named(content.payload, content.role === 'answer' ? 'server' : 'client', settings);
    case 'chunk':
      return named(content.payload, 'server', settings);
    default:
      return false;
  }
}

function named(payload: Payload, speaker: Speaker, settings: ChatSettings): boolean {
  const text = lettersOf(payload);
  return namesEvent(text, speaker) || hasMark(text, settings);
}

function hasMark(text: string, { marks }: ChatSettings): boolean {
  const head = marks.length > 0 ? text.slice(0, MARK_WINDOW) : '';
  return marks.some((mark) => head.includes(mark));
}
