/** Makes the script of a session out of its observations. Times are only kept beside the order. */
import type { Analysis } from '../../analysis/api/analysis.ts';
import type { Observation, Payload } from '../../observation/observation.ts';
import type { ChatProtocol, OperationRole } from '../../protocol/chat-protocol.ts';
import { MovingParameters } from './moving-parameters.ts';
import { heardText, type LateBytes, sentText } from './said-text.ts';
import type {
  Cue,
  ScriptAnswer,
  ScriptBytes,
  ScriptClose,
  ScriptEndpoint,
  ScriptMessage,
  ScriptSocket,
  ScriptStream,
  ScriptStreamEvent,
  SessionScript,
} from './script.ts';

/** Where the session's events stand in the trace. */
interface Facts {
  /** Of the session's protocol. */
  readonly protocol: ChatProtocol;
  /** Observations, by `placeOf`, that brought events. */
  readonly brought: ReadonlySet<string>;
  /** The same that sent events. */
  readonly sent: ReadonlySet<string>;
  readonly names: readonly string[];
  readonly heard: readonly string[];
}

interface Exchange {
  readonly first: Extract<Observation, { readonly kind: 'request' | 'socket-open' }>;
  readonly url: URL;
  readonly parts: Observation[];
  role: OperationRole | null;
  title: string;
}

/** Roles of what a page says while nothing has happened yet: how often it does is a matter of its timers. */
const IDLE: ReadonlySet<string> = new Set(['typing', 'not-typing']);

/** So much of what was said is looked for on the page. */
const MOST_HEARD = 50;
/** In characters: longer ones pages may cut. */
const LONGEST_HEARD = 200;

/** The script of a session. `observations`: those that belong to it, as `sessionTraffic` gives them; `analysis` of them. */
export function sessionScript(
  analysis: Analysis,
  sessionId: string,
  observations: Iterable<Observation>,
): SessionScript {
  const session = analysis.session(sessionId);
  if (session === undefined) throw new Error('there is no such session');
  const protocol = analysis.protocols.find(({ id }) => id === session.protocol);
  if (protocol === undefined) throw new Error(`nothing is known of ${session.protocol}`);
  const facts = factsOf(analysis, sessionId, protocol);
  const ordered = Array.from(observations, (observation, at) => ({ observation, at }))
    .sort((a, b) => a.observation.wallTime - b.observation.wallTime || a.at - b.at)
    .map(({ observation }) => observation);
  const exchanges = exchangesOf(ordered, protocol);
  return new ScriptWriter(facts, ordered, exchanges).script({
    letter: session.letter,
    id: session.id,
    protocol: protocol.title,
    startedAt: session.startedAt,
    eventCount: session.eventCount,
  });
}

function factsOf(analysis: Analysis, sessionId: string, protocol: ChatProtocol): Facts {
  const brought = new Set<string>();
  const sent = new Set<string>();
  const names = new Set<string>();
  const heard: string[] = [];
  for (let row = 0; row < analysis.totals.rows; row += 1) {
    const view = analysis.row(row);
    if (view.session !== sessionId || view.kind !== 'event') continue;
    const carrier = analysis.carrier(row);
    const observation = carrier === null ? undefined : analysis.observation(carrier.observation);
    if (observation === undefined) continue;
    (view.direction === 'out' ? sent : brought).add(placeOf(observation));
    const { role } = protocol.eventType(view.event);
    if (view.direction === 'out' && !IDLE.has(role)) names.add(view.event);
  }
  for (const entry of analysis.conversation(sessionId)?.entries ?? []) {
    if (entry.kind !== 'message' || entry.direction !== 'in') continue;
    // What was changed afterwards stands on the page as it was, or as it is.
    if (entry.cut || entry.replayed || entry.deleted !== null || entry.edits.length > 0) continue;
    const text = entry.text.trim();
    if (text !== '' && text.length <= LONGEST_HEARD && !/[<>&]/.test(text)) heard.push(text);
  }
  return { protocol, brought, sent, names: [...names], heard };
}

function exchangesOf(observations: readonly Observation[], protocol: ChatProtocol): Map<string, Exchange> {
  const exchanges = new Map<string, Exchange>();
  for (const observation of observations) {
    const begins =
      observation.kind === 'request' ||
      (observation.kind === 'socket-open' && observation.phase === 'connecting');
    if (begins) {
      const url = urlOf(observation.url);
      if (url === null) continue;
      const method = observation.kind === 'request' ? observation.method : 'GET';
      const operation = protocol.endpoint(method, observation.url)?.operation ?? null;
      exchanges.set(placeOf(observation), {
        ...{ first: observation, url, parts: [] },
        ...{ role: operation?.role ?? null, title: operation?.title ?? '' },
      });
    } else if ('of' in observation) exchanges.get(carrierOf(observation))?.parts.push(observation);
  }
  return exchanges;
}

/** Finds the names where they stand as strings of JSON; the first group is the name. Generated code looks by the same. */
export function namePattern(names: readonly string[]): string {
  const inside = names.map((name) =>
    JSON.stringify(name)
      .slice(1, -1)
      .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
  );
  return names.length === 0 ? '(?!)' : `"(${inside.join('|')})"`;
}

class ScriptWriter {
  readonly #facts: Facts;
  readonly #exchanges: ReadonlyMap<string, Exchange>;
  readonly #steps: string[] = [];
  /** By place, how many steps were made before it, and when the last of them was. */
  readonly #before = new Map<string, { readonly steps: number; readonly at: number }>();
  readonly #page: string | null;
  readonly #notes = new Set<string>();
  readonly #moving: MovingParameters;
  readonly #pattern: RegExp;
  /** Bytes that came late, by the place of what they belong to. */
  readonly #late = new Map<string, LateBytes>();

  constructor(facts: Facts, observations: readonly Observation[], exchanges: ReadonlyMap<string, Exchange>) {
    this.#facts = facts;
    this.#exchanges = exchanges;
    this.#pattern = new RegExp(namePattern(facts.names), 'g');
    const heard = observations.flatMap((observation) => heardText(observation) ?? []);
    this.#moving = new MovingParameters(
      [...exchanges.values()].map(({ url }) => url),
      (text) => heard.some((each) => each.includes(text)),
    );
    for (const observation of observations) {
      if (observation.kind !== 'body' || observation.role === 'answer') continue;
      this.#late.set(carrierOf(observation), { place: placeOf(observation), payload: observation.payload });
    }
    let last = Number.NEGATIVE_INFINITY;
    let page: string | null = null;
    for (const observation of observations) {
      this.#before.set(placeOf(observation), { steps: this.#steps.length, at: last });
      if (observation.kind === 'document' && observation.phase === 'start' && observation.top)
        page ??= observation.url;
      if (observation.kind === 'gap' && observation.count > 0)
        this.#notes.add('Of the recording a part is lost: what was said there is missing here too.');
      const made = this.#stepsOf(observation);
      if (made.length === 0) continue;
      this.#steps.push(...made);
      last = observation.wallTime;
    }
    this.#page = page;
  }

  script(
    about: Pick<SessionScript, 'letter' | 'id' | 'protocol' | 'startedAt' | 'eventCount'>,
  ): SessionScript {
    const all = [...this.#exchanges.values()];
    const endpoints = this.#endpoints(all);
    const sockets = all.filter(({ first }) => first.kind === 'socket-open').map((each) => this.#socket(each));
    const streams = all.filter(isStream).map((each) => this.#stream(each));
    const { names, heard } = this.#facts;
    return {
      ...about,
      ...{ page: this.#page, names, steps: this.#steps, endpoints, sockets, streams },
      ...{ heard: heard.slice(0, MOST_HEARD), notes: [...this.#notes] },
    };
  }

  #stepsOf(observation: Observation): readonly string[] {
    const { sent } = this.#facts;
    const exchange = this.#exchanges.get(placeOf(observation));
    const begins = observation.kind === 'request' && exchange?.role === 'begin' ? [stepName(exchange)] : [];
    if (observation.kind === 'body') return [];
    const late = this.#late.get(placeOf(observation));
    const sends = sent.has(placeOf(observation)) || (late !== undefined && sent.has(late.place));
    // What is no event of the session counts as well where it holds the words: whoever plays it looks at nothing else.
    const text = sentText(observation, late);
    if (text === null) return begins;
    const found = Array.from(text.matchAll(this.#pattern), ([, name = '']) => name);
    if (found.length === 0 && sends && !isIdle(text, this.#facts))
      this.#notes.add(
        'Some of what the page sent does not show its events in plain text: it does not count as a step.',
      );
    return [...begins, ...found];
  }

  #endpoints(all: readonly Exchange[]): readonly ScriptEndpoint[] {
    const groups = new Map<string, Exchange[]>();
    for (const exchange of all) {
      const { first } = exchange;
      if (first.kind !== 'request' || isStream(exchange)) continue;
      const { origin, path, query } = this.#moving.address(exchange.url);
      const key = JSON.stringify([first.method, origin, path, query]);
      const list = groups.get(key);
      if (list === undefined) groups.set(key, [exchange]);
      else list.push(exchange);
    }
    return [...groups.values()].map((list) => this.#endpoint(list));
  }

  #endpoint(list: readonly Exchange[]): ScriptEndpoint {
    const [exchange] = list as [Exchange];
    const { first, role } = exchange;
    const held = role === null || role === 'poll' ? list.some((each) => this.#isPoll(each)) : false;
    return {
      method: first.kind === 'request' ? first.method : 'GET',
      ...this.#moving.address(exchange.url),
      ignored: [...new Set(list.flatMap(({ url }) => this.#moving.address(url).ignored))],
      step: role === 'begin' ? stepName(exchange) : null,
      held,
      atOnce: held ? mostAtOnce(list) : 0,
      answers: list.flatMap((each) => this.#answer(each, held)),
    };
  }

  /** It brought events and sent none. */
  #isPoll({ first, parts, role }: Exchange): boolean {
    if (role === 'poll') return true;
    const { brought, sent } = this.#facts;
    return !sent.has(placeOf(first)) && parts.some((part) => brought.has(placeOf(part)));
  }

  #answer({ first, parts }: Exchange, held: boolean): readonly ScriptAnswer[] {
    const head = parts.find((part) => part.kind === 'response');
    const failed = parts.find((part) => part.kind === 'error');
    const gaveUp = parts.some((part) => part.kind === 'abort');
    // A poll that was given up brought nothing; the next one brings what this one would have brought.
    if (held && head === undefined && (gaveUp || failed === undefined)) return [];
    if (head === undefined) {
      // Of a beacon nobody is told what was answered.
      const status = failed === undefined ? 204 : 0;
      return [{ ...this.#cue(failed ?? first, first), status, headers: [], pieces: [] }];
    }
    const pieces = parts.flatMap((part) => {
      if (part.kind !== 'chunk' && !(part.kind === 'body' && part.role === 'answer')) return [];
      const bytes = this.#bytes(part.payload);
      return bytes === null ? [] : [{ ...bytes, ...this.#cue(part, first) }];
    });
    // It broke off before anything that could be played: the page saw it fail.
    if (failed !== undefined && pieces.length === 0)
      return [{ ...this.#cue(failed, first), status: 0, headers: [], pieces: [] }];
    const last = pieces.at(-1);
    const cue = last ?? this.#cue(head, first);
    const { after, wait } = cue;
    return [{ ...{ after, wait }, status: head.status, headers: head.headers, pieces: merged(pieces) }];
  }

  #socket({ url, parts, first }: Exchange): ScriptSocket {
    const { sent } = this.#facts;
    this.#noteSubprotocol(first, parts);
    let own = false;
    let close: ScriptClose | null = null;
    const messages = parts.flatMap((part): ScriptMessage[] => {
      if (part.kind === 'socket-close') {
        own ||= part.code === 1000 || part.code === 1005;
        close = own ? null : { ...this.#cue(part, first), code: part.code, reason: part.reason };
      }
      if (part.kind !== 'frame' || part.direction !== 'in' || sent.has(placeOf(part))) return [];
      const bytes = this.#bytes(this.#late.get(placeOf(part))?.payload ?? part.payload);
      return bytes === null ? [] : [{ ...bytes, ...this.#cue(part, first) }];
    });
    return { ...this.#moving.address(url), messages, close };
  }

  /** Either tool agrees on the first subprotocol that a page offers. */
  #noteSubprotocol(first: Exchange['first'], parts: readonly Observation[]): void {
    const offered = first.kind === 'socket-open' ? first.protocols[0] : undefined;
    const open = parts.find((part) => part.kind === 'socket-open');
    const agreed = open?.kind === 'socket-open' ? open.protocols[0] : undefined;
    if (offered === undefined || agreed === undefined || offered === agreed) return;
    this.#notes.add(
      'The server agreed on a WebSocket subprotocol that the page did not offer first: here a socket has the first one.',
    );
  }

  #stream({ url, parts, first }: Exchange): ScriptStream {
    if (parts.some((part) => part.kind === 'error' && part.retrying))
      this.#notes.add('An event stream that broke off and was taken up again is played as one.');
    const events = parts.flatMap((part): ScriptStreamEvent[] => {
      if (part.kind !== 'stream-event') return [];
      const bytes = this.#bytes(part.payload);
      if (bytes === null || bytes.encoding !== 'text') return [];
      return [{ ...this.#cue(part, first), event: part.event, id: part.id, data: bytes.data }];
    });
    return { ...this.#moving.address(url), events };
  }

  #cue(observation: Observation, asked: Observation): Cue {
    const { steps, at } = this.#before.get(placeOf(observation)) ?? { steps: 0, at: 0 };
    const since = Math.max(at, asked.wallTime);
    const wait = observation.wallTime - since;
    return { after: steps, wait: Number.isFinite(wait) ? Math.max(0, Math.round(wait)) : 0 };
  }

  #bytes({ encoding, data, truncated }: Payload): ScriptBytes | null {
    if (truncated)
      this.#notes.add('A body or message was cut off when it was recorded: it is played as it is.');
    if (encoding === 'text' || encoding === 'base64') return { encoding, data };
    this.#notes.add(
      'Answers and messages whose bytes were not recorded, such as those that are no chat, are left out: a page that waits for one waits here for ever.',
    );
    return null;
  }
}

const placeOf = ({ documentId, seq }: Observation): string => `${seq} ${documentId}`;
const carrierOf = ({ documentId, of }: Observation & { readonly of: number }): string =>
  `${of} ${documentId}`;

const isStream = ({ first }: Exchange): boolean =>
  first.kind === 'request' && first.transport === 'eventsource';

const stepName = ({ title, first, url }: Exchange): string =>
  title !== '' ? title : `${first.kind === 'request' ? first.method : 'GET'} ${url.pathname}`;

/** Nothing but typing stands in it. */
function isIdle(text: string, { protocol }: Facts): boolean {
  return protocol.events.some(({ name }) => {
    const { role } = protocol.eventType(name);
    return IDLE.has(role) && text.includes(JSON.stringify(name));
  });
}

/** Pieces that came after the same step are one. */
function merged(pieces: readonly (Cue & ScriptBytes)[]): readonly (Cue & ScriptBytes)[] {
  const result: (Cue & ScriptBytes)[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const joins = last !== undefined && last.after === piece.after && last.encoding === 'text';
    if (joins && piece.encoding === 'text')
      result[result.length - 1] = { ...last, data: last.data + piece.data };
    else result.push(piece);
  }
  return result;
}

function mostAtOnce(list: readonly Exchange[]): number {
  const edges = list.flatMap(({ first, parts }) => {
    const end = parts.at(-1)?.wallTime ?? Number.POSITIVE_INFINITY;
    return [
      { at: first.wallTime, by: 1 },
      { at: end, by: -1 },
    ];
  });
  // One that ends as another begins is not open beside it.
  edges.sort((a, b) => a.at - b.at || a.by - b.by);
  let open = 0;
  let most = 1;
  for (const { by } of edges) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
