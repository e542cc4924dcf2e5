/**
 * What relays put around JSON: packets of engine.io, SockJS, STOMP, forms, server-sent events. The framing stays, what it
 * carries is redacted, and lengths that a framing says are said anew.
 */
import { type Edit, edited, moved } from './edits.ts';
import { encodedText } from './encoded-text.ts';
import type { Redactor } from './redactor.ts';
import { isToken } from './tokens.ts';

/** The replacements in a text inside of the framing. */
type Inner = (text: string, depth: number) => Edit[];

const SEPARATOR = '\u001e';
const NUL = '\0';
const PACKET =
  /^(?:b(?=[A-Za-z0-9+/_-]+=*$)|[1-3]probe$|[1-6]$|0(?=\{)|4(?:[0-6](?:\d{1,3}-)?(?:(\/[^,[{]{0,200}),)?(?:\d{1,6}(?=[[{"])|\d{0,4}$)?)?(?=[[{"]|$))/;
const LENGTHS = /^\d{1,9}:[0-6b]/;
const STOMP_COMMAND =
  /^(?:CONNECT|STOMP|CONNECTED|SUBSCRIBE|UNSUBSCRIBE|BEGIN|COMMIT|ABORT|RECEIPT|ACK|NACK|DISCONNECT|SEND|MESSAGE|ERROR)\r?\n/;
const FORM = /^[\w.\-~%+[\]*!']{1,200}=[^\s<>{}"]*$/;
const STREAM = /^\ufeff?(?:(?:data|event|id|retry):|:[^\n]*\n(?:data|event|id|retry):)/;
const STREAM_EVENTS: ReadonlySet<string> = new Set([
  'message',
  'open',
  'error',
  'ping',
  'heartbeat',
  'close',
]);

export class FramedText {
  readonly #redactor: Redactor;
  readonly #inner: Inner;

  constructor(redactor: Redactor, inner: Inner) {
    this.#redactor = redactor;
    this.#inner = inner;
  }

  /** Null where the text has no framing. */
  edits(text: string, depth: number): Edit[] | null {
    const first = text.charCodeAt(0);
    if ((first >= 0x30 && first <= 0x39) || first === 0x62) {
      const packets = LENGTHS.test(text) ? this.#countedPackets(text, depth) : this.#packets(text, depth);
      if (packets !== null) return packets;
    }
    if (/^(?:a\[|m"|c\[)/.test(text)) return moved(this.#inner(text.slice(1), depth + 1), 1);
    if (/^[oh]\n?$/.test(text)) return [];
    if (STOMP_COMMAND.test(text.replace(/^[\r\n]+/, ''))) return this.#stomp(text, depth);
    if (STREAM.test(text)) return this.streamEdits(text, depth);
    return FORM.test(text) ? this.#form(text, depth) : null;
  }

  #packets(text: string, depth: number): Edit[] | null {
    const edits: Edit[] = [];
    let start = 0;
    for (const packet of text.split(SEPARATOR)) {
      if (packet !== '') {
        const put = this.#packet(packet, depth);
        if (put === null) return null;
        edits.push(...moved(put, start));
      }
      start += packet.length + 1;
    }
    return edits;
  }

  #packet(packet: string, depth: number): Edit[] | null {
    const match = PACKET.exec(packet);
    if (match === null) return null;
    const [head, namespace] = match;
    const content = packet.slice(head.length);
    if (head === 'b') {
      const put =
        encodedText(content, (inner) => edited(inner, this.#inner(inner, depth + 1))) ??
        this.#redactor.value('value', content);
      return put === content ? [] : [{ start: 1, end: packet.length, text: put }];
    }
    const edits: Edit[] = [];
    if (namespace !== undefined && namespace !== '/') {
      const name = namespace.slice(1);
      const put = /^(?:chat|socket|ws|live|messages)$/.test(name) ? name : this.#redactor.value('path', name);
      const at = packet.indexOf(namespace) + 1;
      if (put !== name) edits.push({ start: at, end: at + name.length, text: put });
    }
    return content === '' ? edits : [...edits, ...moved(this.#inner(content, depth + 1), head.length)];
  }

  /** Version 3 writes each packet's length before it. */
  #countedPackets(text: string, depth: number): Edit[] | null {
    const packets: string[] = [];
    let at = 0;
    while (at < text.length) {
      const [head, digits = ''] = /^(\d{1,9}):/.exec(text.slice(at, at + 12)) ?? [];
      if (head === undefined) return null;
      const packet = text.slice(at + head.length, at + head.length + Number(digits));
      const edits = packet.length === Number(digits) && packet !== '' ? this.#packet(packet, depth) : null;
      if (edits === null) return null;
      const put = edited(packet, edits);
      packets.push(`${put.length}:${put}`);
      at += head.length + packet.length;
    }
    return this.#whole(text, packets.join(''));
  }

  #stomp(text: string, depth: number): Edit[] | null {
    const parts: string[] = [];
    let at = 0;
    while (at < text.length) {
      const [ends] = /^[\r\n]*/.exec(text.slice(at)) ?? [''];
      parts.push(ends);
      at += ends.length;
      if (at >= text.length) break;
      const [head, command = '', lines = '', gap = ''] =
        /^([A-Z]{3,11}\r?\n)((?:[^\r\n:]{1,500}:[^\r\n]*\r?\n)*)(\r?\n)/.exec(text.slice(at)) ?? [];
      if (head === undefined || !STOMP_COMMAND.test(command)) return null;
      at += head.length;
      const end = this.#stompEnd(text, at, lines);
      const body = text.slice(at, end);
      const put = body === '' ? '' : edited(body, this.#inner(body, depth + 1));
      parts.push(command, this.#stompHeaders(lines, put), gap, put);
      at = end;
      if (text[at] === NUL) {
        parts.push(NUL);
        at += 1;
      }
    }
    return this.#whole(text, parts.join(''));
  }

  #stompEnd(text: string, start: number, lines: string): number {
    const length = /(?:^|\n)content-length:(\d{1,9})\r?(?:\n|$)/.exec(lines)?.[1];
    if (length !== undefined) {
      let bytes = Number(length);
      let at = start;
      while (bytes > 0 && at < text.length) {
        const point = text.codePointAt(at) ?? 0;
        bytes -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        at += point < 0x10000 ? 1 : 2;
      }
      if (bytes === 0 && (at === text.length || text[at] === NUL)) return at;
    }
    const nul = text.indexOf(NUL, start);
    return nul < 0 ? text.length : nul;
  }

  #stompHeaders(lines: string, body: string): string {
    return lines.replaceAll(/([^\r\n:]+):([^\r\n]*)/g, (line, name: string, value: string) => {
      if (name === 'content-length' && /^\d+$/.test(value))
        return `${name}:${new TextEncoder().encode(body).length}`;
      if (value === '' || isToken(value)) return line;
      if (/^(?:version|accept-version)$/.test(name) && /^[\d.,]{1,20}$/.test(value)) return line;
      if (name === 'heart-beat' && /^\d{1,7},\d{1,7}$/.test(value)) return line;
      if (name === 'content-type' && /^[a-z]+\/(?:json|plain)(?:;\s*charset=utf-?8)?$/i.test(value))
        return line;
      const plain =
        /^[A-Za-z][\w-]{0,60}$/.test(name) && !this.#redactor.nameHolds(name) && !/\d{5}/.test(name);
      const put = plain ? name : this.#redactor.value('key', name);
      const kind = this.#redactor.rules.of(name).kind;
      return `${put}:${/^\d{1,4}$/.test(value) ? value : this.#redactor.value(kind, value)}`;
    });
  }

  #form(text: string, depth: number): Edit[] | null {
    const edits: Edit[] = [];
    let start = 0;
    for (const pair of text.split('&')) {
      const equals = pair.indexOf('=');
      const rawName = equals < 0 ? pair : pair.slice(0, equals);
      const name = decoded(rawName);
      const raw = equals < 0 ? '' : pair.slice(equals + 1);
      const value = decoded(raw);
      if (name === null || value === null) return null;
      const plain =
        /^[A-Za-z_$][\w$[\].-]{0,63}$/.test(name) && !this.#redactor.nameHolds(name) && !/\d{5}/.test(name);
      if (!plain && name !== '' && !isToken(name)) {
        const put = this.#redactor.value('key', name);
        if (put !== name) edits.push({ start, end: start + rawName.length, text: encodeURIComponent(put) });
      }
      if (value !== '' && !isToken(value)) {
        const put = this.#formValue(name, value, depth);
        const from = start + rawName.length + 1;
        if (put !== value) edits.push({ start: from, end: from + raw.length, text: encodeURIComponent(put) });
      }
      start += pair.length + 1;
    }
    return edits;
  }

  #formValue(name: string, value: string, depth: number): string {
    const { rules } = this.#redactor;
    if (rules.mentionsEvent(value)) return edited(value, this.#inner(value, depth + 1));
    const encoded = encodedText(value, (inner) =>
      rules.mentionsEvent(inner) ? edited(inner, this.#inner(inner, depth + 1)) : null,
    );
    if (encoded !== null) return encoded;
    const rule = rules.of(name);
    if (rule.keeps(value)) return value;
    return this.#redactor.value(rule.kind === 'value' ? 'form' : rule.kind, value);
  }

  /** Server-sent events: names of fields and line ends stay. */
  streamEdits(text: string, depth: number): Edit[] {
    const edits: Edit[] = [];
    let data: { readonly start: number; readonly text: string }[] = [];
    const flush = () => {
      if (data.length > 0) edits.push(...this.#dataEdits(data, depth));
      data = [];
    };
    for (const match of text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)) {
      const [whole, line = ''] = match;
      if (whole === '' && match.index >= text.length) break;
      if (line === '') {
        flush();
        continue;
      }
      const mark = match.index === 0 && line.startsWith('\ufeff') ? 1 : 0;
      const colon = line.indexOf(':');
      const field = line.slice(mark, colon < 0 ? line.length : colon);
      const from = colon < 0 ? line.length : colon + (line[colon + 1] === ' ' ? 2 : 1);
      const value = line.slice(from);
      const start = match.index + from;
      if (field === 'data') data.push({ start, text: value });
      else if (colon < 0)
        this.#put(
          edits,
          match.index + mark,
          line.slice(mark),
          this.#redactor.value('value', line.slice(mark)),
        );
      else {
        if (field !== '' && !/^(?:event|id|retry)$/.test(field))
          this.#put(edits, match.index + mark, field, this.#redactor.value('key', field).replaceAll(':', ''));
        this.#put(edits, start, value, this.#fieldValue(field, value));
      }
    }
    flush();
    return edits.sort((one, other) => one.start - other.start);
  }

  #fieldValue(field: string, value: string): string {
    const { rules } = this.#redactor;
    if (value.trim() === '' || isToken(value)) return value;
    if (field === 'event')
      return STREAM_EVENTS.has(value) || rules.knowsEvent(value)
        ? value
        : this.#redactor.value('event', value);
    if (field === 'id') return /^\d{1,5}$/.test(value) ? value : this.#redactor.value('id', value);
    if (field === 'retry' && /^\d{1,7}$/.test(value)) return value;
    if (field === '' && STREAM_EVENTS.has(value.trim())) return value;
    return this.#redactor.value('value', value);
  }

  /** Data of one event, which may have come in several lines. */
  #dataEdits(lines: readonly { readonly start: number; readonly text: string }[], depth: number): Edit[] {
    const joined = lines.map(({ text }) => text).join('\n');
    const starts: number[] = [];
    let length = 0;
    for (const { text } of lines) {
      starts.push(length);
      length += text.length + 1;
    }
    const place = (at: number): number => {
      let line = starts.findLastIndex((start) => start <= at);
      if (line < 0) line = 0;
      return (lines[line]?.start ?? 0) + at - (starts[line] ?? 0);
    };
    return this.#inner(joined, depth + 1).map(({ start, end, text }) => ({
      start: place(start),
      end: end > start ? place(end - 1) + 1 : place(start),
      // Each line of the data is one of the stream.
      text: text.replaceAll('\n', '\ndata: '),
    }));
  }

  #put(edits: Edit[], start: number, before: string, after: string): void {
    if (before !== after) edits.push({ start, end: start + before.length, text: after });
  }

  #whole(before: string, after: string): Edit[] {
    return before === after ? [] : [{ start: 0, end: before.length, text: after }];
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
