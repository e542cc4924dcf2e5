/** Which strings, numbers and names of JSON are replaced: by the declarations, and by nothing where there are none. */

import type { FieldRule } from './field-rules.ts';
import type { JsonVisitor, Level } from './json-walk.ts';
import type { Kind } from './kinds.ts';
import type { Treatment } from './profile.ts';
import type { Redactor } from './redactor.ts';
import { isToken } from './tokens.ts';
import type { UrlRedaction } from './url-redaction.ts';

/** Of the values under a member: what is declared of them. */
interface Note {
  /** The rule that holds for the elements of a list, and for what stands in a sensitive object. */
  readonly rule: FieldRule | null;
  /** Members of a declared object; null where any declared name may stand. */
  readonly members: ReadonlyMap<string, FieldRule> | null;
  /** Whether everything in it is a person's own: form data, parameters. */
  readonly sensitive: boolean;
  /** Whether it is an event that tells what somebody is typing. */
  readonly typing: boolean;
}

const PLAIN_NAME = /^[A-Za-z_$][\w$-]{0,63}$/;
/** Words of framings: without them nobody could tell a heartbeat from a message. */
const FRAMING_WORDS: ReadonlySet<string> = new Set(
  'ping pong welcome connected disconnect disconnected confirm_subscription reject_subscription subscribe unsubscribe next error complete connection_init connection_ack ka data start stop ok message handshake heartbeat phx_reply phx_join phx_leave phx_close phx_error phx_error presence_state presence_diff json open close ack text html plain markdown'.split(
    ' ',
  ),
);

export class JsonRedaction {
  readonly #redactor: Redactor;
  readonly #urls: UrlRedaction;
  /** The text in place of a string that holds events; null for a string that is a value. */
  readonly #inner: (text: string, depth: number) => string | null;

  constructor(redactor: Redactor, urls: UrlRedaction, inner: (text: string, depth: number) => string | null) {
    this.#redactor = redactor;
    this.#urls = urls;
    this.#inner = inner;
  }

  visitor(depth: number): JsonVisitor {
    return {
      open: (around, isList, event) => this.#open(around, isList, event),
      string: (value, levels) => this.#string(value, levels, depth),
      number: (raw, levels) => this.#number(raw, levels),
      key: (name, levels) => this.#key(name, levels),
      wrongString: (raw) => {
        const plain = raw.replace(/(?:\n|\\x)$/, '');
        return isToken(plain) || raw === '' ? null : this.#redactor.value('text', raw);
      },
    };
  }

  #open(around: Level | undefined, isList: boolean, event: string | null): Note {
    const above = around === undefined ? FREE : (around.note as Note);
    if (event !== null) return this.#redactor.rules.isTyping(event) ? TYPING : FREE;
    const rule = around === undefined ? null : this.#ruleOf(around);
    if (isList) {
      // One note for lists in lists, however many.
      if (above.rule === rule && !above.typing) return above;
      return { rule, members: above.members, sensitive: above.sensitive, typing: false };
    }
    if (rule === null)
      return above.sensitive ? { rule: null, members: null, sensitive: true, typing: false } : FREE;
    if (rule.members !== null)
      return { rule, members: rule.members, sensitive: rule.sensitive || above.sensitive, typing: false };
    return { rule, members: null, sensitive: rule.sensitive || above.sensitive, typing: false };
  }

  /** The rule of the value that is being read. */
  #ruleOf(level: Level): FieldRule {
    const note = level.note as Note;
    if (level.isList) return note.rule ?? this.#redactor.rules.of('');
    const name = String(level.key);
    const member = note.members?.get(name);
    if (member !== undefined) return member;
    const own = this.#redactor.rules.of(name);
    if (!note.sensitive) return own;
    // What a person entered is declared by nobody, whatever it is called.
    return {
      ...own,
      keeps: () => false,
      members: null,
      kind: own.kind === 'value' || own.kind === 'text' ? 'form' : own.kind,
    };
  }

  #string(value: string, levels: readonly Level[], depth: number): string | null {
    const redactor = this.#redactor;
    if (value === '' || isToken(value)) return null;
    const level = levels.at(-1);
    if (level === undefined)
      return changed(value, this.#inner(value, depth) ?? redactor.value('text', value));
    const name = String(level.key);
    if (!level.isList && redactor.rules.typeMembers.has(name) && !(level.note as Note).sensitive)
      return changed(value, this.#eventName(value));
    const rule = this.#ruleOf(level);
    const how = this.#treatment(levels, rule.kind);
    if (how === 'keep') return null;
    if (!level.inEvent) {
      const inner = this.#inner(value, depth);
      if (inner !== null) return changed(value, inner);
    }
    if (rule.keeps(value)) return null;
    if (!rule.declared && !level.inEvent && FRAMING_WORDS.has(value)) return null;
    return changed(value, this.#leaf(rule, name, value, levels, how));
  }

  #leaf(rule: FieldRule, name: string, value: string, levels: readonly Level[], how: Treatment): string {
    const redactor = this.#redactor;
    if (how === 'replace' && (rule.kind === 'url' || /^(?:https?|wss?):\/\//i.test(value)))
      return this.#urls.url(value);
    if (redactor.rules.isPublicWord(value)) return value;
    const kind: Kind = rule.kind === 'text' && noteOf(levels)?.typing === true ? 'preview' : rule.kind;
    // A sensitive object's values are a person's, also where texts stay.
    const personal = how === 'search' && kind === 'form' ? 'replace' : how;
    return redactor.value(kind, value, name === '' ? how : personal);
  }

  #number(raw: string, levels: readonly Level[]): string | null {
    const level = levels.at(-1);
    if (/^-?\d$/.test(raw) || isToken(raw)) return null;
    if (level === undefined)
      return /^\d{1,3}$/.test(raw) ? null : changed(raw, this.#redactor.number('value', raw));
    const rule = this.#ruleOf(level);
    if (rule.keeps(Number(raw))) return null;
    const how = this.#treatment(levels, rule.kind);
    if (how === 'keep') return null;
    if (how === 'search') {
      const put = this.#redactor.value(rule.kind, raw, 'search');
      // What was found in a number is a number again.
      return put === raw || /^\d+$/.test(put) ? changed(raw, put) : this.#redactor.number('phone', raw);
    }
    return changed(raw, this.#redactor.number(rule.kind, raw));
  }

  #key(name: string, levels: readonly Level[]): string | null {
    const redactor = this.#redactor;
    if (redactor.profile.base === 'none' || name === '' || isToken(name) || redactor.rules.isDeclared(name))
      return null;
    const isPlain = PLAIN_NAME.test(name) && !/\d{5}/.test(name) && !(name.length > 31 && /\d/.test(name));
    const note = noteOf(levels);
    if (isPlain && (note?.members?.has(name) === true || !redactor.nameHolds(name))) return null;
    return changed(name, redactor.value('key', name));
  }

  /** A known name stays; of any other the beginning by which it shows chat. */
  #eventName(name: string): string {
    const { rules } = this.#redactor;
    if (rules.knowsEvent(name)) return name;
    const beginning = rules.eventBeginning(name);
    const rest = name.slice(beginning.length);
    if (isToken(rest) || rest === '') return name;
    return beginning + this.#redactor.value('event', rest);
  }

  #treatment(levels: readonly Level[], kind: Kind): Treatment {
    const { profile } = this.#redactor;
    const name = levels.findLast((level) => !level.isList)?.key;
    const byField = name === undefined ? undefined : profile.fields.get(String(name));
    if (byField !== undefined) return byField;
    if (profile.pointers.length > 0) {
      for (const { steps, treatment } of profile.pointers) if (leadsTo(steps, levels)) return treatment;
    }
    return this.#redactor.treatmentOf(kind);
  }
}

const FREE: Note = { rule: null, members: null, sensitive: false, typing: false };
const TYPING: Note = { ...FREE, typing: true };

/** From the root of a body, or from the root of the event that the value stands in. */
function leadsTo(steps: readonly string[], levels: readonly Level[]): boolean {
  if (levels.length < steps.length) return false;
  const from = levels.length - steps.length;
  const isRoot = from === 0 || (levels[from]?.inEvent === true && levels[from - 1]?.inEvent !== true);
  return isRoot && steps.every((step, at) => step === '*' || step === String(levels[from + at]?.key));
}

const noteOf = (levels: readonly Level[]): Note | undefined => levels.at(-1)?.note as Note | undefined;

const changed = (before: string, after: string): string | null => (before === after ? null : after);
