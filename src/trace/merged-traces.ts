/**
 * Several traces as one: in goes each with its observations in order, out come those of all, by their times, each
 * document once. Files of one bug overlap: what stands in several of them is taken once.
 */
import type { DocumentId, Observation, Seq } from '../observation/observation.ts';

/** A trace that can be read more than once. */
export interface MergedTrace {
  observations(): Iterable<Observation>;
}

/** What of each trace was seen of a document: its observations by their `seq`. */
type Seen = Map<Seq, string>;

export function* mergedTraces(traces: readonly MergedTrace[]): Generator<Observation, void, undefined> {
  const names = namesIn(traces);
  const given = new Map<DocumentId, Set<Seq>>();
  const heads = traces.map((trace, at) => {
    const iterator = trace.observations()[Symbol.iterator]();
    return { iterator, next: iterator.next(), names: names[at] };
  });
  for (;;) {
    let first: (typeof heads)[number] | null = null;
    let time = Number.POSITIVE_INFINITY;
    for (const head of heads) {
      if (head.next.done) continue;
      // Each trace keeps its own order: what it tells late it was told late.
      if (first !== null && head.next.value.wallTime >= time) continue;
      first = head;
      time = head.next.value.wallTime;
    }
    if (first === null || first.next.done) return;
    const observation = first.next.value;
    first.next = first.iterator.next();
    const documentId = first.names?.get(observation.documentId) ?? observation.documentId;
    const known = given.get(documentId) ?? new Set();
    given.set(documentId, known);
    if (known.has(observation.seq)) continue;
    known.add(observation.seq);
    yield documentId === observation.documentId ? observation : { ...observation, documentId };
  }
}

/** By trace, other names for documents that are called as one of an earlier trace and are not the same. */
function namesIn(traces: readonly MergedTrace[]): readonly ReadonlyMap<DocumentId, DocumentId>[] {
  const documents = traces.map((trace) => documentsIn(trace));
  const taken = new Map<DocumentId, Seen[]>();
  return documents.map((each) => {
    const names = new Map<DocumentId, DocumentId>();
    for (const [id, seen] of each) {
      const others = taken.get(id) ?? [];
      const at = others.findIndex((other) => agree(other, seen));
      if (at < 0) others.push(seen);
      taken.set(id, others);
      const place = at < 0 ? others.length : at + 1;
      if (place > 1) names.set(id, `${id} (${place})`);
    }
    return names;
  });
}

function documentsIn(trace: MergedTrace): ReadonlyMap<DocumentId, Seen> {
  const documents = new Map<DocumentId, Seen>();
  for (const { documentId, seq, kind, wallTime } of trace.observations()) {
    const seen = documents.get(documentId) ?? new Map();
    documents.set(documentId, seen);
    seen.set(seq, `${kind} ${wallTime}`);
  }
  return documents;
}

/** Whether two traces tell of one document: what both have is the same in both. */
function agree(one: Seen, other: Seen): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  for (const [seq, what] of few) {
    const there = many.get(seq);
    if (there !== undefined && there !== what) return false;
  }
  return true;
}
