/**
 * Splits a streamed text into its messages as the parts arrive: server-sent events as the WHATWG HTML standard parses
 * them (section 9.2.6), and JSON lines. Offsets are into the whole stream's text, so that the bytes can be shown.
 */
export interface StreamMessage {
  readonly data: string;
  /** Of the data's own bytes; where it came in several `data` lines, from the first to the last. */
  readonly start: number;
  readonly end: number;
  /** True when `data` is several lines put together, so that the slice is not the data itself. */
  readonly severalLines: boolean;
  /** True for a server-sent event that the stream ended in: a page is not given it. */
  readonly unfinished: boolean;
}

export interface StreamReader {
  /** The messages that this part completes. */
  push(text: string): StreamMessage[];
  /** What is left when the stream ends. A server-sent event that no blank line closed is told as unfinished. */
  finish(): StreamMessage[];
}

/** The reader for a content type; null where the type is no stream of messages. */
export function streamReader(contentType: string): StreamReader | null {
  if (contentType === 'application/json') return null;
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (type === 'text/event-stream') return new EventStreamReader();
  return LINE_TYPES.has(type) ? new JsonLinesReader() : null;
}

const LINE_TYPES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'application/jsonlines',
  'application/stream+json',
]);

/** Cuts a growing text into lines at LF, CR or CRLF, wherever the parts are cut. */
class LineCutter {
  /** What has come of the line that is not over yet. Parts are put together only once it ends. */
  #parts: string[] = [];
  #lineStart = 0;
  #skipLineFeed = false;

  push(text: string, line: (text: string, start: number) => void): void {
    let part = text;
    if (this.#skipLineFeed && part.length > 0) {
      this.#skipLineFeed = false;
      if (part.charCodeAt(0) === 0x0a) {
        part = part.slice(1);
        this.#lineStart += 1;
      }
    }
    let from = 0;
    LINE_END.lastIndex = 0;
    for (let found = LINE_END.exec(part); found !== null; found = LINE_END.exec(part)) {
      this.#parts.push(part.slice(from, found.index));
      const whole = this.#parts.join('');
      this.#parts = [];
      line(whole, this.#lineStart);
      from = found.index + found[0].length;
      this.#lineStart += whole.length + found[0].length;
      if (found[0] === '\r' && from === part.length) this.#skipLineFeed = true;
    }
    if (from < part.length) this.#parts.push(part.slice(from));
  }

  finish(line: (text: string, start: number) => void): void {
    const whole = this.#parts.join('');
    this.#parts = [];
    if (whole !== '') line(whole, this.#lineStart);
  }
}

const LINE_END = /\r\n|\n|\r/g;

class EventStreamReader implements StreamReader {
  readonly #lines = new LineCutter();
  #data: string[] = [];
  #start = 0;
  #end = 0;

  push(text: string): StreamMessage[] {
    const messages: StreamMessage[] = [];
    this.#lines.push(text, (line, start) =>
      this.#take(start === 0 ? withoutMark(line) : line, start, line, messages),
    );
    return messages;
  }

  finish(): StreamMessage[] {
    const messages: StreamMessage[] = [];
    this.#lines.finish((line, start) =>
      this.#take(start === 0 ? withoutMark(line) : line, start, line, messages),
    );
    this.#close(messages, true);
    return messages;
  }

  #close(messages: StreamMessage[], unfinished: boolean): void {
    const data = this.#data.join('\n');
    const severalLines = this.#data.length > 1;
    this.#data = [];
    if (data !== '') messages.push({ data, start: this.#start, end: this.#end, severalLines, unfinished });
  }

  #take(line: string, start: number, asReceived: string, messages: StreamMessage[]): void {
    if (line === '') {
      this.#close(messages, false);
      return;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    if (field !== 'data') return;
    const skipped = colon === -1 ? line.length : line.charAt(colon + 1) === ' ' ? colon + 2 : colon + 1;
    const offset = start + (asReceived.length - line.length) + skipped;
    if (this.#data.length === 0) this.#start = offset;
    this.#end = offset + line.length - skipped;
    this.#data.push(line.slice(skipped));
  }
}

/** The byte order mark that may stand at the start of a stream. */
function withoutMark(line: string): string {
  return line.startsWith('\ufeff') ? line.slice(1) : line;
}

class JsonLinesReader implements StreamReader {
  readonly #lines = new LineCutter();

  push(text: string): StreamMessage[] {
    const messages: StreamMessage[] = [];
    this.#lines.push(text, (line, start) => addLine(messages, line, start));
    return messages;
  }

  finish(): StreamMessage[] {
    const messages: StreamMessage[] = [];
    this.#lines.finish((line, start) => addLine(messages, line, start));
    return messages;
  }
}

function addLine(messages: StreamMessage[], line: string, start: number): void {
  if (line.trim() === '') return;
  const end = start + line.length;
  messages.push({ data: line, start, end, severalLines: false, unfinished: false });
}
