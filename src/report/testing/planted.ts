/**
 * Sessions with secrets everywhere: in each field of each event, in unknown fields, names of members, headers, URLs, form
 * data, notes, and in the texts of other fields in every encoding.
 */
import fc from 'fast-check';
import { gzipSync, strToU8 } from 'fflate';
import {
  apiUrl,
  CHAT,
  joined,
  message,
  status,
  TraceBuilder,
  text,
} from '../../analysis/testing/trace-builder.ts';
import type { Observation } from '../../observation/observation.ts';
import { brightPattern } from '../../protocol/bright-pattern/bright-pattern.ts';

export interface Planted {
  readonly observations: readonly Observation[];
  readonly secrets: readonly string[];
}

const SHAPES: readonly ((n: string) => string)[] = [
  (n) => `Qx${n}vary`,
  (n) => `Zoë Kräuß${n}`,
  (n) => `kim.${n}@mail${n}.example`,
  (n) => `+49 30 9${n.replaceAll(/\D/g, '').padEnd(7, '3').slice(0, 7)}`,
  (n) => `https://shop${n}.example/orders/${n}x?mail=who${n}#frag${n}`,
  (n) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIi${n}.sig${n}`,
  (n) => `photo of ${n}.png`,
  (n) => `</script><script>alert("${n}")</script>`,
  (n) => `__proto__${n}`,
  (n) => `two\nlines ${n}\u2028end`,
  (n) => `\ud800 lone ${n}`,
  (n) => `a ${n} sentence with “quotes”, commas & <b>markup</b>`,
];

/** Half of a surrogate pair has no bytes. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\ufffd');

const encodings: readonly ((text: string) => string)[] = [
  (plain) => plain,
  (plain) => encodeURIComponent(wellFormed(plain)),
  (plain) => plain.replaceAll(/[^\w ]/g, (char) => `&#${char.codePointAt(0)};`),
  (plain) => JSON.stringify({ said: plain }),
  (plain) => Buffer.from(wellFormed(plain)).toString('base64'),
];

/** A session by a number: the same number gives the same session. */
export const plantedSession: fc.Arbitrary<Planted> = fc
  .array(fc.nat(1_000_000), { minLength: 12, maxLength: 40 })
  .map((picks) => planted(picks));

function planted(picks: readonly number[]): Planted {
  const secrets: string[] = [];
  let next = 0;
  const pick = (below: number): number => {
    next += 1;
    return (picks[next % picks.length] ?? 0) % below;
  };
  const core = () => {
    const number = (secrets.length * 7_919 + (picks[0] ?? 0) * 31 + 100_003).toString(36);
    return `s${number}z`;
  };
  /** A new secret, or one that was planted before in some encoding in the middle of a sentence. */
  const secret = (): string => {
    if (secrets.length > 3 && pick(4) === 0) {
      const old = secrets[pick(secrets.length)] ?? '';
      return `see ${(encodings[pick(encodings.length)] ?? ((plain: string) => plain))(old)} here`;
    }
    const own = (SHAPES[pick(SHAPES.length)] ?? ((n: string) => n))(core());
    secrets.push(own);
    return own;
  };
  /** Secrets that are values of their own somewhere, so that they are known everywhere. */
  const values: string[] = [];
  const value = (): string => {
    const before = secrets.length;
    const own = secret();
    if (secrets.length > before) values.push(own);
    return own;
  };
  const word = () => {
    const own = `w${core()}`;
    secrets.push(own);
    return own;
  };
  const built = new TraceBuilder();
  const page = `https://${word()}.example/${word()}?q=${encodeURIComponent(wellFormed(secret()))}#${word()}`;
  built.add({ kind: 'document', phase: 'start', url: page, origin: `https://${word()}.example`, top: true });
  const of = built.add({
    kind: 'request',
    transport: 'xhr',
    method: 'POST',
    url: `${apiUrl('chats')}&who=${word()}&${word()}=1`,
    headers: [
      [
        'Authorization',
        pick(2) === 0
          ? `Bearer ${word()}`
          : `MOBILE-API-140-327-PLAIN appId="${word()}", clientId="${word()}"`,
      ],
      ['Cookie', `sid=${word()}`],
      [`X-${word()}`, secret()],
      ['Content-Type', `application/json; boundary=${word()}`],
      ['Referer', page],
    ],
    body: text(
      JSON.stringify({
        phone_number: secret(),
        from: secret(),
        parameters: { [`k ${secret()}`]: secret(), email: secret(), n: pick(1e9) + 1e9 },
      }),
    ),
  });
  built.answer(of, {
    chat_id: CHAT,
    ewt: '10',
    is_new_chat: true,
    state: 'queued',
    [`x ${word()}`]: secret(),
    phone_number: secret(),
  });
  const events: Record<string, unknown>[] = [status('queued'), joined(), message({ msg: secret() })];
  for (const event of brightPattern.events) {
    if (pick(3) === 0) continue;
    const filled: Record<string, unknown> = { event: event.name };
    for (const field of event.fields)
      filled[field.name] =
        field.type === 'object'
          ? {
              [`field_${pick(9)}`]: value(),
              [`a b ${word()}`]: 1,
              type: value(),
              sdp: value(),
              list: [value(), { deep: value() }],
            }
          : value();
    filled[pick(2) === 0 ? 'extra' : `k ${secret()}`] =
      pick(2) === 0 ? value() : { a: [value()], b: { c: value() } };
    events.push(filled);
  }
  events.push({ event: secret(), msg: secret() }, { event: `chat_session_${word()}` });
  const half = Math.ceil(events.length / 2);
  built.poll(events.slice(0, half)).post(events.slice(half));
  const socket = built.socket(`wss://relay.example/${word()}?token=${word()}`);
  const packed = JSON.stringify({
    kind: word(),
    data: JSON.stringify({ events: [message({ msg: secret() })] }),
  });
  built.add({
    kind: 'frame',
    of: socket,
    direction: 'in',
    payload: text(pick(2) === 0 ? packed : `42/${word()},["${word()}",${packed}]`),
  });
  const base64 = Buffer.from(pick(2) === 0 ? gzipSync(strToU8(packed)) : strToU8(packed)).toString('base64');
  built.add({
    kind: 'frame',
    of: socket,
    direction: 'in',
    payload: { encoding: 'base64', data: base64, size: base64.length, truncated: false },
  });
  const cut = JSON.stringify({ events: [message({ msg: secret() }), message({ msg: secret() })] });
  built.add({
    kind: 'frame',
    of: socket,
    direction: 'in',
    payload: { ...text(cut.slice(0, -1 - pick(cut.length - 1))), truncated: pick(2) === 0 },
  });
  built.add({
    kind: 'frame',
    of: socket,
    direction: 'out',
    payload: text(`name=${encodeURIComponent(wellFormed(secret()))}&data=${encodeURIComponent(packed)}`),
  });
  built.add({ kind: 'frame', of: socket, direction: 'out', payload: text(`<html>${secret()}</html>`) });
  built.add({ kind: 'socket-close', of: socket, code: 1011, reason: secret(), clean: false });
  const stream = built.request('GET', `https://relay.example/${word()}`, { transport: 'fetch' });
  built.head(stream, 200, 'text/event-stream');
  const whole = `:${word()}\nid: ${word()}\nevent: ${word()}\ndata: ${JSON.stringify(message({ msg: secret() }))}\n\n${word()}: ${word()}\ndata: ${word()}\n\n`;
  const at = pick(whole.length);
  for (const part of [whole.slice(0, at), whole.slice(at)])
    built.add({ kind: 'chunk', of: stream, payload: text(part) });
  built.add({ kind: 'error', of: stream, message: secret(), retrying: false });
  built.add({ kind: 'page-error', message: secret(), url: page, line: 1, column: 1, during: null });
  built.add({
    kind: 'annotation',
    of: 1,
    text: `look at ${values[pick(values.length)]}, and ${(encodings[pick(encodings.length)] ?? String)(values[pick(values.length)] ?? '')}.`,
  });
  return { observations: built.observations, secrets };
}

/** The secrets that are in a text in any encoding, by their part that is nothing else. */
export function secretsIn(output: string, secrets: readonly string[]): string[] {
  const found = new Set<string>();
  for (const view of views(output)) {
    const lower = view.toLowerCase();
    for (const secret of secrets) {
      const core = /s[0-9a-z]+z/.exec(secret)?.[0];
      if (core !== undefined && lower.includes(core)) found.add(secret);
    }
  }
  return [...found];
}

function* views(output: string): Generator<string> {
  yield output;
  yield output.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  for (const [run] of output.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)) {
    yield Buffer.from(run, 'base64').toString('latin1');
    // Words before it may have shifted it.
    for (const shift of [1, 2, 3]) yield Buffer.from(run.slice(shift), 'base64').toString('latin1');
  }
}
