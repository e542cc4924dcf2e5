/** Faults of one event, by itself: its name, its keys, its values. */
import type { EventDeclaration, FieldDeclaration } from '../declaration.ts';
import { issue } from '../field-fault.ts';
import { LONGEST_NAME, nearestName } from '../nearest.ts';
import type { EventFault, EventJudge, SchemaIssue } from '../schema-issue.ts';
import { shortText } from '../short-text.ts';
import { type Alias, type LookAlike, type Validator, validator } from '../validation.ts';
import { declareFields } from './draft.ts';
import { DOCUMENTED_TYPO, INACTIVITY_TIMEOUT } from './events/timeout.ts';
import { events } from './events.ts';
import { partyId, timestamp } from './field.ts';
import { source } from './source.ts';

export type Direction = 'in' | 'out';

/** Keys that pages write by mistake. Nothing else is taken for a slip: an unlisted key is unknown, not wrong. */
export const lookAlikes: readonly LookAlike[] = [
  { wrong: 'message_id', right: 'msg_id' },
  { wrong: 'partyId', right: 'party_id' },
];

/** Older servers wrote the session's id for the party's in file events. */
const fileAliases: readonly Alias[] = [{ key: 'session_id', standsFor: 'party_id' }];

interface KnownEvent {
  readonly declaration: EventDeclaration;
  readonly validator: Validator;
}

const UNDOCUMENTED: EventFault = { rule: 'schema/undocumented-event', severity: 'note' };

const side = { in: 'server', out: 'client' } as const;
const known = { in: knownEvents('in'), out: knownEvents('out') } as const;

function knownEvents(direction: Direction): ReadonlyMap<string, KnownEvent> {
  const names = new Set(events.map((event) => event.name));
  return new Map(
    [...names].flatMap((name) => {
      const event = knownEvent(name, direction);
      return event ? [[name, event] as const] : [];
    }),
  );
}

function knownEvent(name: string, direction: Direction): KnownEvent | null {
  const sameName = events.filter((event) => event.name === name);
  const own = sameName.find((event) => event.direction === side[direction] || event.direction === 'both');
  const declaration = own ?? sameName[0];
  if (!declaration) return null;
  const fields = direction === 'in' ? replayable(declaration) : declaration.fields;
  const eitherSide = new Set(sameName.flatMap((event) => event.fields.map((field) => field.name)));
  return {
    declaration,
    validator: validator(fields, {
      // The history gives the client's own events back among the server's: their fields are known too.
      ignored: direction === 'in' ? ['event', ...eitherSide] : ['event'],
      lookAlikes: lookAlikes.filter(({ wrong, right }) => eitherSide.has(right) && !eitherSide.has(wrong)),
      aliases: name === 'chat_session_file' ? fileAliases : [],
      always: declaration.evidence === 'documented' ? [] : [UNDOCUMENTED],
    }),
  };
}

/** With what the server adds to the client's own events when it gives them back. */
function replayable(declaration: EventDeclaration): readonly FieldDeclaration[] {
  if (declaration.direction !== 'client') return declaration.fields;
  const there = new Set(declaration.fields.map((field) => field.name));
  const added = [partyId(), timestamp('s')].filter((field) => !there.has(field.name));
  return [...declaration.fields, ...declareFields(added, { evidence: 'observed', source: source.widget })];
}

export const canonicalName = (name: string): string => (name === DOCUMENTED_TYPO ? INACTIVITY_TIMEOUT : name);

export const knowsEvent = (name: string): boolean => known.in.has(canonicalName(name));

export const declarationOf = (name: string, direction: Direction): EventDeclaration | undefined =>
  known[direction].get(canonicalName(name))?.declaration;

/** Every fault of an event object. Without a string `event` it is none, and the envelope's business. */
export function eventIssues(
  event: Readonly<Record<string, unknown>>,
  direction: Direction,
): readonly SchemaIssue[] {
  const name = event.event;
  if (typeof name !== 'string') return [];
  const found = known[direction].get(name) ?? known[direction].get(canonicalName(name));
  if (!found) return [unknownEvent(name)];
  const issues: SchemaIssue[] = [];
  if (name === DOCUMENTED_TYPO) {
    const params = { actual: name, expected: INACTIVITY_TIMEOUT };
    issues.push(issue('schema/documented-typo', 'note', 'documented', ['event'], params));
  }
  if (found.declaration.evidence !== 'documented') {
    const params = { event: name, source: found.declaration.source.label };
    issues.push(issue('schema/undocumented-event', 'note', 'observed', ['event'], params));
  }
  found.validator.check(event, issues);
  if (tellsPreview(event, direction) && typeof event.msg === 'string') {
    issues.push(
      issue('privacy/typing-preview', 'note', 'observed', ['msg'], {
        field: 'msg',
        length: event.msg.length,
      }),
    );
  }
  return issues;
}

/** Finds the faults of `eventIssues` by rule and severity alone: for an ordinary event nothing is made. */
export function eventJudge(name: string, direction: Direction): EventJudge {
  const found = name === DOCUMENTED_TYPO ? undefined : known[direction].get(name);
  if (found === undefined) return (event) => eventIssues(event, direction);
  const mayPreview = direction === 'out' && name === TYPING;
  return (event) => {
    if (mayPreview && tellsPreview(event, direction)) return eventIssues(event, direction);
    return found.validator.ordinaryFaults(event) ?? eventIssues(event, direction);
  };
}

const TYPING = 'chat_session_typing';

function tellsPreview(event: Readonly<Record<string, unknown>>, direction: Direction): boolean {
  return direction === 'out' && event.event === TYPING && typeof event.msg === 'string' && event.msg !== '';
}

function unknownEvent(name: string): SchemaIssue {
  const nearest = nearestKnown(name);
  const params = { event: shortText(name), ...(nearest && { nearest }) };
  return issue('schema/unknown-event', 'warning', 'inferred', ['event'], params);
}

/** Comparing a name with all known ones is slow, and unknown names come in floods. */
const nearestNames = new Map<string, string | null>();
const REMEMBERED_NAMES = 200;

function nearestKnown(name: string): string | null {
  if (name.length > LONGEST_NAME) return null;
  const remembered = nearestNames.get(name);
  if (remembered !== undefined) return remembered;
  const nearest = nearestName(name, known.in.keys());
  if (nearestNames.size >= REMEMBERED_NAMES) nearestNames.clear();
  nearestNames.set(name, nearest);
  return nearest;
}
