/** The corpus as a trace file on disk, written piece by piece: a million events do not fit into one string. */
import { createWriteStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Observation } from '../../src/observation/observation.ts';
import { writeTrace } from '../../src/trace/ndjson.ts';
import { corpus } from './corpus.ts';

export interface CorpusFile {
  readonly path: string;
  readonly said: SaidEvents;
}

/** Writes a trace of that many distinct events of 1,000 sessions, 2 % with defects, into a new temporary folder. */
export async function corpusFile(events: number, packing: 'plain' | 'gzip' = 'plain'): Promise<CorpusFile> {
  const said = new SaidEvents();
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-corpus-'));
  const path = join(folder, `trace-${events}.ndjson${packing === 'gzip' ? '.gz' : ''}`);
  const text = Readable.from(writeTrace(observations(events, said)));
  const file = createWriteStream(path);
  if (packing === 'gzip') await pipeline(text, createGzip({ level: 1 }), file);
  else await pipeline(text, file);
  return { path, said };
}

function* observations(events: number, said: SaidEvents): Generator<Observation, void, undefined> {
  for (const chunk of corpus({ events, sessions: 1000, defects: 0.02 })) {
    for (const observation of chunk.observations) {
      said.note(observation);
      yield observation;
    }
  }
}

/** An event as the corpus said it, and when. */
export interface CorpusEvent {
  readonly event: Readonly<Record<string, unknown>>;
  /** Unix epoch milliseconds. */
  readonly wallTime: number;
}

/** What the events of a corpus are, by their position, for holding a panel against it. Read by no code of the product. */
export class SaidEvents {
  readonly #carriers: { readonly text: string; readonly wallTime: number }[] = [];
  /** By event: its carrier, and its place in an envelope. */
  readonly #places: (readonly [carrier: number, place: number])[] = [];

  get length(): number {
    return this.#places.length;
  }

  note(observation: Observation): void {
    if (!('payload' in observation)) return;
    const carrier = this.#carriers.length;
    this.#carriers.push({ text: observation.payload.data, wallTime: observation.wallTime });
    const { length } = eventsIn(observation.payload.data);
    for (let place = 0; place < length; place++) this.#places.push([carrier, place]);
  }

  at(seq: number): CorpusEvent {
    const [carrier, place] = this.#places[seq] ?? [-1, 0];
    const found = this.#carriers[carrier];
    const event = found && eventsIn(found.text)[place];
    if (!event) throw new Error(`The corpus has no event ${seq}.`);
    return { event, wallTime: found.wallTime };
  }
}

function eventsIn(text: string): readonly Record<string, unknown>[] {
  const value = JSON.parse(text) as Record<string, unknown> & { events?: Record<string, unknown>[] };
  return value.events ?? [value];
}
