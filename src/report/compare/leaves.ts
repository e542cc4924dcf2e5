/**
 * The leaves of an event for comparing: each value with its path, what is fixed in it and what it refers to. Members stand
 * by name, so that their order means nothing.
 */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import type { FieldDeclaration, JsonPath } from '../../protocol/declaration.ts';
import { ExactNumber } from '../../text/exact-number.ts';
import { isObject, type JsonObject } from '../../text/json-object.ts';
import { nameWithoutWords, outlastsRedaction } from './erased-words.ts';
import { comparedText, wholeReference } from './references.ts';

export interface Leaf {
  readonly path: JsonPath;
  /** The JSON type and the fixed part: equal leaves have the same. */
  readonly fixed: string;
  readonly references: readonly string[];
  /** True for what is never held against it: a time that is one on both sides, or a field declared as volatile. */
  readonly muted: boolean;
  /** The value as it came (hostile). */
  readonly value: unknown;
  /** Names a person or holds what a person wrote. */
  readonly sensitive: boolean;
  readonly declared: boolean;
}

/** The fixed part of every time. */
export const TIME = 'time';

/** How leaves are made. */
export interface LeafContext {
  readonly protocol: ChatProtocol;
  /** Unix milliseconds of the event, for times that no declaration knows. */
  readonly wallTime: number;
  /**
   * `erased` where what a redaction may have replaced stands as one reference, whatever it says: one of the two sessions is
   * redacted, or both were by different exports. `kept` otherwise.
   */
  readonly words: 'kept' | 'erased';
}

/** More leaves of one event are not compared one by one: the rest counts as its JSON text. */
const LEAF_LIMIT = 2_000;

/** The leaves of an event or a body, by path. `declared`: its fields; empty for what no declaration knows. */
export function leavesOf(
  value: JsonObject,
  declared: readonly FieldDeclaration[],
  context: LeafContext,
): Leaf[] {
  const leaves: Leaf[] = [];
  addMembers(value, declared, [], { ...context, leaves });
  return leaves;
}

interface Walk extends LeafContext {
  readonly leaves: Leaf[];
}

function addMembers(
  value: JsonObject,
  declared: readonly FieldDeclaration[],
  path: JsonPath,
  walk: Walk,
): void {
  const names = Object.keys(value).sort();
  if (names.length === 0) walk.leaves.push(leaf(path, 'object', [], value, undefined));
  for (const name of names) {
    const declaration = declared.find((field) => field.name === name);
    addValue(value[name], declaration, [...path, name], walk);
  }
}

function addValue(
  value: unknown,
  declaration: FieldDeclaration | undefined,
  path: JsonPath,
  walk: Walk,
): void {
  if (walk.leaves.length >= LEAF_LIMIT) {
    walk.leaves.push(leaf(path, `rest ${JSON.stringify(value)}`, [], value, declaration));
    return;
  }
  if (declaration?.volatile === true) {
    walk.leaves.push({ ...leaf(path, 'volatile', [], value, declaration), muted: true });
    return;
  }
  const erased = walk.words === 'erased' ? erasedLeaf(value, declaration, path, walk) : null;
  if (erased !== null) {
    walk.leaves.push(erased);
    return;
  }
  if (value instanceof ExactNumber) {
    // Digits that no double holds are compared as digits; in an id, as those of the same number.
    const as = { ...scalar(value.canonical, declaration, path, walk), value };
    walk.leaves.push({ ...as, fixed: as.fixed.replace(/^string/, 'number') });
  } else if (Array.isArray(value)) {
    if (value.length === 0) walk.leaves.push(leaf(path, 'array', [], value, declaration));
    for (const [index, element] of value.entries()) addValue(element, undefined, [...path, index], walk);
  } else if (isObject(value)) addMembers(value, declaration?.members ?? [], path, walk);
  else walk.leaves.push(scalar(value, declaration, path, walk));
}

function scalar(value: unknown, declaration: FieldDeclaration | undefined, path: JsonPath, walk: Walk): Leaf {
  if (isTime(value, declaration, walk)) {
    return { ...leaf(path, TIME, [], value, declaration), muted: true };
  }
  const id = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const kind = ID_CLASSES.get(declaration?.format ?? formatElsewhere(path, walk.protocol));
  if (id !== '' && kind !== undefined) {
    const { fixed, references } = wholeReference(kind, id);
    return leaf(path, `${typeof value} ${fixed}`, references, value, declaration);
  }
  if (typeof value !== 'string') return leaf(path, `${typeof value} ${value}`, [], value, declaration);
  const { fixed, references } = comparedText(value);
  return leaf(path, `string ${fixed}`, references, value, declaration);
}

function leaf(
  path: JsonPath,
  fixed: string,
  references: readonly string[],
  value: unknown,
  declaration: FieldDeclaration | undefined,
): Leaf {
  const known = { sensitive: declaration?.sensitive ?? false, declared: declaration !== undefined };
  return { path, fixed, references, muted: false, value, ...known };
}

/** Parties and chats are of one class: the customer's own party has the id of the chat. */
const ID_CLASSES: ReadonlyMap<FieldDeclaration['format'], string> = new Map([
  ['party', 'party'],
  ['chat-id', 'party'],
  ['message-id', 'message'],
  ['file-id', 'file'],
  ['form-id', 'form'],
]);

/** Of each protocol the names of members that are ids wherever they are declared. */
const idNames = new WeakMap<ChatProtocol, ReadonlyMap<string, FieldDeclaration['format']>>();

/** What a member that is not declared here is by its name: an event may name a message by a field of another event. */
function formatElsewhere(path: JsonPath, protocol: ChatProtocol): FieldDeclaration['format'] {
  let known = idNames.get(protocol);
  if (known === undefined) {
    known = idsByName(protocol);
    idNames.set(protocol, known);
  }
  return known.get(String(path.at(-1))) ?? 'text';
}

function idsByName({ events }: ChatProtocol): ReadonlyMap<string, FieldDeclaration['format']> {
  const formats = new Map<string, FieldDeclaration['format']>();
  for (const { name, format } of events.flatMap(({ fields }) => fields)) {
    formats.set(name, formats.has(name) && formats.get(name) !== format ? 'text' : format);
  }
  return new Map([...formats].filter(([, format]) => ID_CLASSES.has(format)));
}

/** A value that a redaction may have replaced, as one reference of its JSON type; null for what it leaves, and for ids. */
function erasedLeaf(
  value: unknown,
  declaration: FieldDeclaration | undefined,
  path: JsonPath,
  { protocol }: Walk,
): Leaf | null {
  const exact = value instanceof ExactNumber;
  if (value === '' || (typeof value !== 'string' && typeof value !== 'number' && !exact)) return null;
  if (path.length === 1 && path[0] === protocol.envelope.type)
    return leaf(path, `name ${nameWithoutWords(protocol, String(value))}`, [], value, declaration);
  if (ID_CLASSES.has(declaration?.format ?? formatElsewhere(path, protocol))) return null;
  if (outlastsRedaction(protocol, path, exact ? value.canonical : value)) return null;
  const type = exact ? 'number' : typeof value;
  return leaf(path, type, [`value ${JSON.stringify(value)}`], value, declaration);
}

const TWO_DAYS = 2 * 24 * 3600 * 1000;

function isTime(value: unknown, declaration: FieldDeclaration | undefined, walk: Walk): boolean {
  if (declaration?.format === 'timestamp') return walk.protocol.timestamp(value) !== null;
  if (declaration !== undefined) return false;
  if (typeof value === 'string' && !/^\d{10,16}$/.test(value)) return ISO.test(value);
  const number = Number(value);
  if ((typeof value !== 'string' && typeof value !== 'number') || number < 1e9) return false;
  const at = number < 1e11 ? number * 1000 : number < 1e14 ? number : number / 1000;
  return Math.abs(at - walk.wallTime) < TWO_DAYS;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$/;
