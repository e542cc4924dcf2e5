/**
 * What went by and is no chat, for whoever sees an empty panel: counted, and what of it looks like a chat with the
 * reason why it was not taken. Made from DevTools' own record each time it is shown; nothing of it is kept or exported.
 */
import type { Payload } from '../../src/observation/observation.ts';
import type { Candidate, PassedBy } from '../feed/passed-by.ts';
import { type ChatSettings, isChatRequest } from './chat-request.ts';
import { type NetworkRequest, networkRequest } from './network-entry.ts';

const MOST_CANDIDATES = 12;
/** Below this nothing about it is like a chat. */
const LIKE_CHAT = 2;
const WORDS = /chat|messag|conversation|dialog|support|agent|event|poll|realtime|push|socket|signalr|\brt\b/i;
/** An id in a path: a number, or letters and digits too long for a word. */
const ID = /^(?:\d+|[0-9a-f-]{16,}|(?=.*\d)[\w-]{20,})$/i;

/**
 * @param entries of DevTools' log, as the browser gives them (hostile)
 * @param tellsMessages whether the browser tells what goes over sockets
 */
export function passedBy(
  entries: readonly unknown[],
  settings: ChatSettings,
  tellsMessages: boolean,
): PassedBy {
  const places = new Map<string, { score: number; count: number; last: NetworkRequest }>();
  let [requests, sockets] = [0, 0];
  for (const entry of entries) {
    const request = networkRequest(entry, { text: null, encoding: '' });
    if (request === null || isChatRequest(request, settings)) continue;
    if (request.transport === 'socket') sockets += 1;
    else requests += 1;
    const pattern = patternOf(request.url);
    const count = (places.get(pattern)?.count ?? 0) + 1;
    places.set(pattern, { score: likeness(request, count), count, last: request });
  }
  const candidates = [...places]
    .filter(([, { score }]) => score >= LIKE_CHAT)
    .sort(([, one], [, other]) => other.score - one.score || other.count - one.count)
    .slice(0, MOST_CANDIDATES)
    .map(([pattern, { count, last }]): Candidate => {
      const kind = kindOf(last);
      return { url: withoutQuery(last.url), kind, count, why: reason(last, kind, tellsMessages), pattern };
    });
  return { requests, sockets, tellsMessages, candidates };
}

function kindOf({ transport }: NetworkRequest): Candidate['kind'] {
  if (transport === 'socket') return 'socket';
  return transport === 'eventsource' ? 'stream' : 'request';
}

/** Sockets and streams are what chats are made of; so are calls that are made again and again, and telling names. */
function likeness(request: NetworkRequest, count: number): number {
  let score = kindOf(request) === 'request' ? 0 : 3;
  if (WORDS.test(request.url.replace(/^\w+:/, ''))) score += 2;
  if (count >= 3) score += 1;
  if (request.method === 'POST' && /^\s*[[{]/.test(request.body?.data ?? '')) score += 1;
  return score;
}

function reason(request: NetworkRequest, kind: Candidate['kind'], tellsMessages: boolean): string {
  if (kind === 'stream') return 'None of its events names a chat event.';
  if (kind === 'request') return 'It names no chat event.';
  if (!tellsMessages) return 'This browser’s DevTools do not tell the messages of sockets.';
  const messages = request.drafts.flatMap(({ content }) => (content.kind === 'frame' ? [content] : []));
  if (messages.length === 0) return 'No message has come over it yet.';
  const binary = messages.filter(isBinary).length;
  if (binary === messages.length)
    return `Its messages are binary (${binary}): those are looked into where a pattern names the URL.`;
  return `None of its messages (${messages.length}) names a chat event.`;
}

function isBinary({ payload }: { readonly payload: Payload }): boolean {
  return payload.encoding === 'base64';
}

/** Host and path; what looks like an id stands for any. */
function patternOf(url: string): string {
  const [head = '', ...parts] = withoutQuery(url).split(/(?<=[^/:])\//);
  return [head, ...parts.map((part) => (ID.test(part) ? '*' : part))].join('/');
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
