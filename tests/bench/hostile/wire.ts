/** Writes observations one after the other, as hostile pages would make them: a builder for the shapes. */
import type { Observation, Payload } from '../../../src/observation/observation.ts';

type Unplaced<Kind> = Kind extends Observation
  ? Omit<Kind, 'documentId' | 'frame' | 'seq' | 'wallTime' | 'monotonicTime' | 'source'>
  : never;

const START = 1_790_000_000_000;

export class Wire {
  readonly observations: Observation[] = [];
  documentId = 'document-0';
  frame = 0;
  seq = -1;
  now = START;

  /** Adds an observation 5 ms after the last one; gives its seq. */
  add(body: Unplaced<Observation>): number {
    this.seq += 1;
    this.now += 5;
    const { documentId, frame, seq } = this;
    const place = { documentId, frame, seq, wallTime: this.now, monotonicTime: this.now - START };
    this.observations.push({ ...place, source: 'hook', ...body });
    return this.seq;
  }

  /** What follows comes from another document, in a frame of its own. */
  inDocument(name: string, frame = this.frame): void {
    this.documentId = name;
    this.frame = frame;
    this.add({ kind: 'document', phase: 'start', url: 'https://page.example/', top: false, origin: null });
  }

  request(method: string, url: string, body: string | null = null): number {
    return this.add({
      kind: 'request',
      transport: 'fetch',
      method,
      url,
      headers: [],
      body: body === null ? null : text(body),
    });
  }

  answer(of: number, body: string, status = 200): void {
    this.head(of, status, 'application/json');
    this.add({ kind: 'body', of, role: 'answer', payload: text(body) });
    this.add({ kind: 'end', of });
  }

  head(of: number, status: number, type: string): void {
    this.add({ kind: 'response', of, status, statusText: '', headers: [['content-type', type]], url: '' });
  }

  poll(chat: string, events: readonly object[]): void {
    this.answer(this.request('GET', pollUrl(chat)), JSON.stringify({ events }));
  }

  socket(url = 'wss://relay.example/rt'): number {
    const of = this.seq + 1;
    return this.add({ kind: 'socket-open', of, phase: 'connecting', url, protocols: [] });
  }

  frameIn(of: number, value: unknown): void {
    this.add({ kind: 'frame', of, direction: 'in', payload: text(JSON.stringify(value)) });
  }

  frameOut(of: number, value: unknown): void {
    this.add({ kind: 'frame', of, direction: 'out', payload: text(JSON.stringify(value)) });
  }
}

export function text(data: string): Payload {
  return { encoding: 'text', data, size: data.length, truncated: false };
}

export const pollUrl = (chat: string): string =>
  `https://chat.example/clientweb/api/v1/chats/${chat}/events?tenantUrl=chat.example`;

export const uuid = (number: number): string =>
  `${number.toString(16).padStart(8, '0')}-385b-42e5-9e0a-1883c2bc5f81`;
