/** What of a HAR file is chat: the rule of the capture, on what the file holds. */
import { framingWord } from '../observation/framing-word.ts';
import type { Payload } from '../observation/observation.ts';
import { MARK_WINDOW, namesEvent, type Speaker } from '../protocol/marks.ts';
import type { Draft } from './har-draft.ts';
import type { HarEntry } from './har-entry.ts';
import { socketMessages } from './har-message.ts';
import { harPayload } from './har-payload.ts';
import type { PackedLook } from './packed-look.ts';

/** Files of the page that may name chat events without being chat: the widget's own script above all. */
const PAGE_FILE = /javascript|ecmascript|html|css|wasm|^(image|audio|video|font)\//i;

/** True for a media type in whose bytes the marks are looked for. */
export function mayNameChat(mediaType: string): boolean {
  return !PAGE_FILE.test(mediaType);
}

/** True if the entry is chat traffic: by an event's name in its bytes, or by what the user says. */
export function isChatEntry(entry: HarEntry, alsoChat: (text: string) => boolean): boolean {
  if (entry._eventSourceMessages?.some((event) => eventIsChat(event, alsoChat))) return true;
  if (socketMessages(entry, null).some(({ content }) => messageIsChat(content, alsoChat))) return true;
  if (bodyIsChat(entry.request.postData, 'client', alsoChat)) return true;
  return bodyIsChat(entry.response?.content, 'server', alsoChat);
}

function eventIsChat(
  { eventName, data }: { eventName?: string | undefined; data?: string | undefined },
  alsoChat: (text: string) => boolean,
): boolean {
  return namesEvent(`event:${eventName ?? ''}\n${data ?? ''}`, 'server') || alsoChat(data ?? '');
}

function messageIsChat(content: Draft['content'], alsoChat: (text: string) => boolean): boolean {
  if (content.kind !== 'frame') return false;
  const text = lettersOf(content.payload);
  return namesEvent(text, content.direction === 'out' ? 'client' : 'server') || alsoChat(text);
}

function bodyIsChat(
  body: Parameters<typeof harPayload>[0] | undefined,
  speaker: Speaker,
  alsoChat: (text: string) => boolean,
): boolean {
  if (body?.text === undefined) return false;
  const payload = harPayload(body);
  // JSON is JSON, whatever the media type says.
  if (!mayNameChat(body.mimeType ?? '') && !/^\s*[[{]/.test(payload.data)) return false;
  return payload.encoding === 'text' && (namesEvent(payload.data, speaker) || alsoChat(payload.data));
}

/** True if what an entry carries is chat once it is unpacked: compressed bytes, base64. */
export function isPackedChat(
  entry: HarEntry,
  packed: PackedLook,
  alsoChat: (text: string) => boolean,
): boolean {
  const shows = (payload: Payload, speaker: Speaker): boolean => {
    for (const text of packed.texts(payload)) if (namesEvent(text, speaker) || alsoChat(text)) return true;
    return false;
  };
  const { postData } = entry.request;
  const content = entry.response?.content;
  return (
    (postData?.text !== undefined && shows(harPayload(postData), 'client')) ||
    (content?.text !== undefined && shows(harPayload(content), 'server')) ||
    socketMessages(entry, null).some(
      ({ content: message }) =>
        message.kind === 'frame' && shows(message.payload, message.direction === 'out' ? 'client' : 'server'),
    )
  );
}

/**
 * The drafts of an entry whose URL does not show that it is chat, as the capture keeps them: of a socket's or stream's
 * messages those that name an event whole, of the others only direction, time and length. One of its messages has shown
 * that it is chat: so those that are packed are looked at as well.
 * @param alsoChat true for a text that is chat for another reason, such as a mark of the user's
 */
export function onlyChat(
  drafts: readonly Draft[],
  packed: PackedLook,
  alsoChat: (text: string) => boolean = () => false,
): readonly Draft[] {
  const isKept = (payload: Payload, isText: (text: string) => boolean): boolean => {
    if (payload.encoding === 'none' || isText(lettersOf(payload))) return true;
    for (const text of packed.texts(payload)) if (isText(text)) return true;
    return false;
  };
  const isChat = (text: string, speaker: Speaker) => namesEvent(text, speaker) || alsoChat(text);
  return drafts.flatMap((draft): Draft | Draft[] => {
    const { at, content } = draft;
    switch (content.kind) {
      case 'frame': {
        const speaker = content.direction === 'out' ? 'client' : 'server';
        if (isKept(content.payload, (text) => isChat(text, speaker))) return draft;
        return { at, content: { ...content, payload: notChat(content.payload) } };
      }
      case 'stream-event': {
        if (isKept(content.payload, (text) => isChat(`event:${content.event}\n${text}`, 'server')))
          return draft;
        return { at, content: { ...content, event: 'message', id: '', payload: notChat(content.payload) } };
      }
      case 'chunk':
        return chunkParts(content.payload, (text) => isChat(text, 'server')).map(
          (payload): Draft => ({ at, content: { ...content, payload } }),
        );
      default:
        return draft;
    }
  });
}

/** The text of a payload, or its bytes as letters: what names an event has the letters of ASCII. */
export function lettersOf({ encoding, data }: Payload): string {
  if (encoding !== 'base64') return data;
  try {
    return atob(data.slice(0, 4 * Math.ceil(MARK_WINDOW / 3)));
  } catch {
    return '';
  }
}

/** The events of a stream's text: those that are chat together, since they are a stream as well, and each other one. */
function chunkParts(payload: Payload, isChat: (text: string) => boolean): Payload[] {
  if (payload.encoding !== 'text') return [payload];
  const events = payload.data.split(/(?<=\n\r?\n)/);
  const chat = events.filter(isChat).join('');
  const others = events.filter((event) => !isChat(event)).map((event) => notChat(eventPayload(event)));
  const { truncated } = payload;
  return others.length === 0 ? [payload] : [{ ...eventPayload(chat), truncated }, ...others];
}

function eventPayload(text: string): Payload {
  return { encoding: 'text', data: text, size: text.length, truncated: false };
}

function notChat({ encoding, data, size }: Payload): Payload {
  const note = encoding === 'text' ? framingWord(data) : 'not chat';
  return { encoding: 'none', data: '', size, truncated: false, note };
}
