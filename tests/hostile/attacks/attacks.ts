/**
 * What a page tries. Each `act` runs in the attacker's page, sees nothing of this file's scope, and writes `FORGED` into
 * whatever it makes up.
 */
import type { Json } from '../../../scripts/browser/inspected-browser.ts';
import type { Attack } from '../harness/kit.ts';
import { malformedBatches } from './malformed.ts';
import type { Random } from './random.ts';

export interface NamedAttack {
  readonly name: string;
  readonly act: Attack;
  /** What it is given, made anew for each run. */
  readonly data?: (random: Random) => Json;
}

/** A batch of one document that has said so much, over the heard channel. */
const malformed: Attack = async (kit, data) => {
  const channel = await kit.channel();
  for (const [at, text] of (data as string[]).entries()) {
    channel.say(text.replaceAll('@ID', kit.id()));
    if (at % 25 === 0) await kit.pause();
  }
  for (const other of [null, 5, {}, [], new Date(), document, '', ' ', '\n', 'more', new Uint8Array(9)])
    channel.say(other);
};

/** Numbers of one document that contradict each other, in the order in which a receiver believes them. */
const contradictions: Attack = async (kit) => {
  const channel = await kit.channel();
  const id = kit.id();
  const start = (seq: number, wallTime: unknown): string =>
    JSON.stringify({
      kind: 'document',
      phase: 'start',
      url: location.href,
      top: true,
      seq,
      wallTime,
      monotonicTime: 1,
    });
  const heads = ['1 0 1', '999999999999999 1 2', '2 0 999999999999999', '0 5 1', '9 3 4', '3 1 3', '1 1 1'];
  for (const [at, head] of heads.entries()) {
    for (const word of ['more', 'last']) {
      channel.say(`${word} ${id} ${head}\n[${start(at, -1e15)}]`);
      channel.say(`${word} ${kit.id()} ${head}\n[${start(0, 1e300)},${start(0, null)}]`);
    }
  }
  // What it says of itself once more, and as another document's.
  const gap = {
    kind: 'gap',
    seq: 899999999999999,
    from: 0,
    to: 899999999999999,
    count: 1e300,
    reason: 'ring',
  };
  channel.say(
    `more ${id} 900000000000000 0 900000000000000\n[${JSON.stringify({ ...gap, wallTime: 1, monotonicTime: 1 })}]`,
  );
  await kit.pause(50);
};

/** Texts of many megabytes, good and bad. */
const heavy: Attack = async (kit) => {
  const channel = await kit.channel();
  const big = 'FORGED '.repeat(1_500_000);
  const frame = (seq: number, text: string): string =>
    JSON.stringify({
      kind: 'frame',
      ...{ of: 0, direction: 'in', seq, wallTime: Date.now(), monotonicTime: 1 },
      payload: { encoding: 'text', data: text, size: text.length, truncated: false },
    });
  for (let at = 0; at < 6; at++) {
    const id = kit.id();
    channel.say(`more ${id} 1 0 1\n[${frame(0, big)}]`);
    channel.say(`more ${id} 2 1 2\n${big}`);
    channel.say(`last ${kit.id()} 1 0 1\n[${frame(0, big)}]`);
    await kit.pause();
  }
};

/** Last words of documents that never were: they are left in the storage that the flight recorder shares. */
const lastWords: Attack = async (kit) => {
  const channel = await kit.channel();
  const text = 'FORGED '.repeat(40_000);
  for (let at = 0; at < 60; at++) {
    const observation = {
      ...{
        kind: 'document',
        phase: 'gone',
        url: location.href,
        top: true,
        seq: 0,
        wallTime: Date.now(),
        monotonicTime: 1,
      },
      note: text,
    };
    channel.say(`last ${kit.id()} 1 0 1\n[${JSON.stringify(observation)}]`);
    if (at % 10 === 0) await kit.pause();
  }
};

/** Long texts where a receiver that counts bodies alone finds nothing to count, and times that no calendar has. */
const unweighed: Attack = async (kit) => {
  const channel = await kit.channel();
  const long = 'FORGED '.repeat(100_000);
  const common = { wallTime: 1e300, monotonicTime: -1e300 };
  const short = {
    encoding: 'text',
    data: '{"event":"chat_session_message","msg":"FORGED"}',
    size: 1e300,
    truncated: false,
  };
  for (let round = 0; round < 4; round++) {
    const said = [
      { kind: 'document', phase: 'start', url: `${location.href}?${long}`, top: true },
      {
        kind: 'request',
        transport: 'fetch',
        method: long,
        url: location.href,
        headers: [['accept', long]],
        body: null,
      },
      {
        kind: 'response',
        of: 1,
        status: 1e15,
        statusText: long,
        headers: [[long, long]],
        url: location.href,
      },
      { kind: 'error', of: 1, message: long, retrying: false },
      { kind: 'abort', of: 1, reason: long },
      {
        kind: 'socket-open',
        of: 5,
        phase: 'connecting',
        url: location.href.replace('http', 'ws'),
        protocols: [long, long],
      },
      { kind: 'frame', of: 5, direction: 'in', payload: short },
      { kind: 'socket-close', of: 5, code: 1000, reason: long, clean: true },
      {
        kind: 'request',
        transport: 'eventsource',
        method: 'GET',
        url: location.href,
        headers: [],
        body: null,
      },
      { kind: 'stream-event', of: 8, event: long, id: long, payload: short },
      { kind: 'page-error', message: long, url: location.href, line: 1e15, column: -1e15, during: null },
    ].map((each, seq) => ({ ...each, ...common, seq }));
    channel.say(`more ${kit.id()} ${said.length} 0 ${said.length}\n${JSON.stringify(said)}`);
    await kit.pause(50);
  }
};

/** 3,000 documents of one frame. */
const documents: Attack = async (kit) => {
  const channel = await kit.channel();
  for (let at = 0; at < 3_000; at++) {
    const wallTime = Date.now() - 1e6 + at;
    const start = {
      kind: 'document',
      phase: 'start',
      url: location.href,
      top: at % 2 === 0,
      seq: 0,
      wallTime,
      monotonicTime: 1,
    };
    channel.say(`more ${kit.id()} 1 0 1\n[${JSON.stringify(start)}]`);
    if (at % 100 === 0) await kit.pause();
  }
};

/** Links of the page's own with other settings, in its document and in one whose channel it hears. */
const links: Attack = async (kit) => {
  const channel = await kit.channel();
  const commands = [
    's\n\n',
    's*\n\n*',
    's',
    'c1\n1\n1\n1',
    'c0',
    'pquiet',
    'plazy',
    'plive',
    'r0',
    'a999',
    'r-1',
    'rNaN',
    '',
  ];
  const targets = [document.fonts, channel.world.document.fonts];
  for (let at = 0; at < 200; at++) {
    for (const fonts of targets) {
      const name = `FORGED${at}`;
      const say = (data: unknown) =>
        fonts.dispatchEvent(new MessageEvent('chat-inspector:offer', { cancelable: true, data }));
      fonts.addEventListener(name, (event) => kit.heard.add(String((event as MessageEvent).data)));
      say(name);
      for (const command of commands) say(`${name} ${command}`);
    }
    for (const command of commands) channel.command(command);
    if (at % 20 === 0) await kit.pause();
  }
};

/** Offers and hellos without end. */
const storm: Attack = async (kit) => {
  const channel = await kit.channel();
  for (let at = 0; at < 10_000; at++) {
    for (const fonts of [document.fonts, channel.world.document.fonts]) {
      fonts.dispatchEvent(new Event('chat-inspector:hello', { cancelable: true }));
      fonts.dispatchEvent(
        new MessageEvent('chat-inspector:offer', { cancelable: true, data: `FORGED${at}` }),
      );
      fonts.dispatchEvent(new Event('chat-inspector:offer', { cancelable: true }));
    }
    if (at % 1_000 === 0) await kit.pause();
  }
};

/** Says hello in the hook's stead, and takes the relay's offer from it. */
const usurper: Attack = async (kit) => {
  const channel = await kit.channel((world) => {
    const { fonts } = world.document;
    const take = (event: Event) => {
      const data: unknown = event instanceof world.MessageEvent ? event.data : null;
      if (typeof data === 'string') kit.heard.add(data);
      event.preventDefault();
    };
    fonts.addEventListener('chat-inspector:offer', take, true);
    fonts.dispatchEvent(new world.Event('chat-inspector:hello'));
  });
  for (let at = 0; at < 20; at++) {
    const start = {
      kind: 'document',
      phase: 'start',
      url: 'http://FORGED.example/',
      top: true,
      seq: at,
      wallTime: Date.now(),
      monotonicTime: 1,
    };
    channel.say(`more ${'f'.repeat(32)} ${at + 1} ${at} ${at + 1}\n[${JSON.stringify(start)}]`);
    await kit.pause(10);
  }
};

/** Much that is good, as fast as it goes, over the channel and over a real socket. */
const flood: Attack = async (kit) => {
  const channel = await kit.channel();
  const id = kit.id();
  const data = JSON.stringify({ event: 'chat_session_message', msg: 'FORGED '.repeat(120) });
  const payload = { encoding: 'text', data, size: data.length, truncated: false };
  let seq = 0;
  for (let batches = 0; batches < 60; batches++) {
    const from = seq;
    const list: unknown[] = [];
    for (let count = 0; count < 250; count++) {
      const common = { seq: seq++, wallTime: Date.now(), monotonicTime: performance.now() };
      list.push({ kind: 'frame', of: 0, direction: 'in', payload, ...common });
    }
    channel.say(`more ${id} ${seq} ${from} ${seq}\n${JSON.stringify(list)}`);
    if (batches % 10 === 0) await kit.pause();
  }
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/rt?who=forged`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  let heard = 0;
  await new Promise<void>((resolve) => {
    socket.addEventListener('message', () => {
      heard++;
      if (heard === 3_000) resolve();
    });
    for (let at = 0; at < 3_000; at++) socket.send(data);
  });
  socket.close();
};

/** The built-ins of a frame replaced before any script of ours ran there: tells what the hook calls them with. */
const natives: Attack = async (kit) => {
  const channel = await kit.channel((world) => {
    const spy = (holder: object, name: string): void => {
      const descriptor = Object.getOwnPropertyDescriptor(holder, name);
      const native: unknown = descriptor?.value;
      if (typeof native !== 'function') return;
      Object.defineProperty(holder, name, {
        ...descriptor,
        value: function (this: unknown, ...given: unknown[]): unknown {
          for (const each of [this, ...given])
            if (typeof each === 'string' && each !== '' && kit.heard.size < 20_000)
              kit.heard.add(each.slice(0, 2_000));
          return Reflect.apply(native, this, given);
        },
      });
    };
    const {
      String: Text,
      Array: List,
      RegExp: Pattern,
      EventTarget: Target,
      JSON: Json,
      Map: Pairs,
      Set: Values,
    } = world;
    for (const holder of [
      Text.prototype,
      List.prototype,
      Pattern.prototype,
      Target.prototype,
      Json,
      Pairs.prototype,
      Values.prototype,
    ]) {
      for (const name of Object.getOwnPropertyNames(holder)) if (name !== 'constructor') spy(holder, name);
    }
  });
  const { world } = channel;
  for (const path of [
    '/clientweb/api/v1/chats/1/events?who=forged',
    '/plain?who=forged',
    '/relay/x?who=forged',
  ]) {
    const body = JSON.stringify({ event: 'chat_session_message', msg: 'FORGED' });
    await (await world.fetch(`${location.origin}${path}`, { method: 'POST', body })).text();
    await kit.pause(400);
  }
};

/** Events that never were on a wire, in the chat of another origin: a service worker may answer, or nobody at all. */
const sessions: Attack = async (kit, data) => {
  const channel = await kit.channel();
  const { chat } = data as { readonly chat: string };
  const events = ['chat_session_message', 'chat_session_ended', 'chat_session_party_joined'].map((event) => ({
    ...{ event, msg: 'FORGED', party_id: 'FORGED', chat_id: chat, msg_id: 'FORGED' },
  }));
  const address = `${location.origin}/clientweb/api/v1/chats/${chat}/events?who=forged`;
  await (await fetch(address, { method: 'POST', body: JSON.stringify({ events }) })).text();
  const id = kit.id();
  const text = JSON.stringify({ events });
  const payload = { encoding: 'text', data: text, size: text.length, truncated: false };
  const common = { wallTime: Date.now(), monotonicTime: performance.now() };
  const said = [
    { kind: 'document', phase: 'start', url: 'http://127.0.0.1/FORGED', top: true },
    { kind: 'request', transport: 'xhr', method: 'GET', url: address, headers: [], body: null },
    { kind: 'response', of: 1, status: 200, statusText: 'OK', headers: [], url: address },
    { kind: 'body', of: 1, role: 'answer', payload },
    { kind: 'end', of: 1 },
  ].map((each, seq) => ({ ...each, ...common, seq }));
  channel.say(`more ${id} 5 0 5\n${JSON.stringify(said)}`);
  await kit.pause(100);
};

/** Frames that come, chat and go at once. */
const frames: Attack = async (kit) => {
  for (let at = 0; at < 60; at++) {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const world = frame.contentWindow as Window & typeof globalThis;
    world.navigator.sendBeacon(
      '/clientweb/api/v1/chats/1/events?who=forged',
      '{"event":"chat_session_typing","msg":"FORGED"}',
    );
    frame.remove();
    if (at % 10 === 0) await kit.pause();
  }
};

/** Elements whose names are those of properties that the extension reads, and text that reorders what stands around it. */
const names: Attack = async (kit) => {
  for (const name of [
    'fonts',
    'prerendering',
    'location',
    'top',
    'parent',
    'performance',
    'crypto',
    'chrome',
    'browser',
  ]) {
    const image = document.createElement('img');
    image.name = name;
    image.id = name;
    const hear = (event: Event) => kit.heard.add(String((event as MessageEvent).data));
    for (const type of ['chat-inspector:offer', 'chat-inspector:hello'])
      image.addEventListener(type, hear, true);
    document.body.append(image);
  }
  const msg = 'FORGED \u202Eevil\u2066\u200B\u061C\u0000\u001B[31m<b>\uFEFF';
  const body = JSON.stringify({ event: 'chat_session_message', msg, __proto__: 'x', party_id: '__proto__' });
  await (await fetch('/clientweb/api/v1/chats/__proto__/events?who=forged', { method: 'POST', body })).text();
  await kit.pause(300);
};

export const ATTACKS: readonly NamedAttack[] = [
  { name: 'malformed observations', act: malformed, data: (random) => malformedBatches(random, 250) },
  { name: 'numbers that contradict each other', act: contradictions },
  { name: 'texts of ten megabytes', act: heavy },
  { name: 'forged last words', act: lastWords },
  { name: 'long texts that are no bodies', act: unweighed },
  { name: 'three thousand documents', act: documents },
  { name: 'links with other settings', act: links },
  { name: 'a storm of offers and hellos', act: storm },
  { name: 'a hello in the stead of the hook', act: usurper },
  { name: 'a flood', act: flood },
  { name: 'built-ins that were replaced before', act: natives },
  { name: 'events of the chat of another origin', act: sessions, data: () => ({ chat: 'victim' }) },
  { name: 'frames that come and go', act: frames },
  { name: 'names of properties and text that turns round', act: names },
];
