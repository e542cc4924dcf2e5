import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './demo.ts';
import type { LedgerEntry } from './ledger.ts';
import { type Visit, visit } from './node-visitor.ts';
import { readEvents } from './page/reading.ts';
import { TRANSPORTS, type Transport } from './script.ts';

const ORDERLY = [
  'ordinary',
  'all-events',
  'transfer',
  'form',
  'file',
  'corrections',
  'signaling',
  'inactivity',
  'failed',
];

const SERVER_EVENTS = [
  'chat_session_ended',
  'chat_session_file',
  'chat_session_form_show',
  'chat_session_inactivity_timeout',
  'chat_session_message',
  'chat_session_not_typing',
  'chat_session_party_joined',
  'chat_session_party_left',
  'chat_session_signaling',
  'chat_session_status',
  'chat_session_timeout_warning',
  'chat_session_typing',
];

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ pace: 1 });
});
afterAll(() => demo.close());

describe.each(TRANSPORTS)('over %s', (transport) => {
  it.each(ORDERLY)('the scenario "%s" runs to its end', async (name) => {
    const { events } = await visit(demo, name, transport);
    expect(events.at(-1)).toMatchObject(
      name === 'failed' ? { event: 'chat_session_status', state: 'failed' } : { event: 'chat_session_ended' },
    );
  });

  it('the ledger holds what the visitor read and wrote, in order and to the byte', async () => {
    const seen = await visit(demo, 'ordinary', transport);
    expect(written(seen, transport)).toEqual(seen.heard);
    expect(read(seen, transport)).toEqual(seen.said);
  });

  it('shows each of the twelve documented server events', async () => {
    const { events } = await visit(demo, 'all-events', transport);
    expect([...new Set(events.map(({ event }) => event))].sort()).toEqual(SERVER_EVENTS);
  });

  it('writes types as the real server does', async () => {
    const { events } = await visit(demo, 'ordinary', transport);
    for (const event of events) {
      expect(Object.keys(event)).toEqual(Object.keys(event).sort());
      for (const value of Object.values(event)) expect(value).toBeTypeOf('string');
      if ('timestamp' in event) expect(event.timestamp).toMatch(/^\d{10}$/);
      if ('party_id' in event) expect(event.party_id).toMatch(/^[0-9A-F-]{36}$/);
    }
    const ids = events.flatMap(({ msg_id }) => (msg_id === undefined ? [] : [Number(msg_id)]));
    expect(ids).toEqual(ids.map((_, n) => n * 2));
  });
});

describe('a relay', () => {
  it.each(['ws', 'sse', 'fetch'] as const)(
    'packs events alone, in arrays and in envelopes over %s',
    async (transport) => {
      const { heard } = await visit(demo, 'transfer', transport);
      const shapes = new Set(
        heard.filter((text) => readEvents(text).length > 0).map((text) => text.slice(0, 9)),
      );
      expect([...shapes].some((shape) => shape.startsWith('[{'))).toBe(true);
      expect(shapes).toContain('{"events"');
      expect([...shapes].some((shape) => shape.startsWith('{') && shape !== '{"events"')).toBe(true);
    },
  );

  it('sends some frames of a socket as binary, but not the first', async () => {
    const { chatId } = await visit(demo, 'ordinary', 'ws');
    const codes = of(chatId).flatMap((entry) => (entry.direction === 'out' ? [entry.opcode] : []));
    expect(codes[0]).toBe(1);
    expect(new Set(codes)).toEqual(new Set([1, 2]));
  });

  it('sends named and unnamed stream events', async () => {
    const { chatId } = await visit(demo, 'ordinary', 'sse');
    const names = of(chatId).flatMap(({ sse }) => (sse === undefined ? [] : [sse.event]));
    expect(names).toContain('message');
    expect(names).toContain('chat');
    expect(names).toContain('chat_session_status');
  });
});

/** The ledger's entries of one chat. */
function of(chatId: string): readonly LedgerEntry[] {
  return demo.log.entries.filter(({ url }) => url.includes(chatId));
}

function written({ chatId }: Visit, transport: Transport): readonly string[] {
  return of(chatId).flatMap((entry) => {
    if (entry.direction !== 'out' || entry.opcode === 8) return [];
    if (transport === 'sse') return entry.sse === undefined ? [] : [entry.sse.data];
    if (transport === 'fetch' && entry.method === 'POST') return [];
    return [textOf(entry)];
  });
}

function read({ chatId }: Visit, transport: Transport): readonly string[] {
  return of(chatId).flatMap((entry) => {
    const body =
      transport === 'ws' ? entry.opcode !== undefined && entry.opcode !== 8 : entry.method === 'POST';
    return entry.direction === 'in' && body ? [textOf(entry)] : [];
  });
}

function textOf({ encoding, body }: LedgerEntry): string {
  return encoding === 'text' ? body : Buffer.from(body, 'base64').toString('utf8');
}
