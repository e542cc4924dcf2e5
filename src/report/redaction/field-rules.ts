/**
 * What is known of a value by the name of the member that holds it: the declarations of all protocols, merged by name.
 * What no declaration knows has a kind by its name alone, and nothing of it is kept.
 */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import type { FieldDeclaration } from '../../protocol/declaration.ts';
import type { Kind } from './kinds.ts';

export interface FieldRule {
  readonly declared: boolean;
  readonly kind: Kind;
  /** Names a person or holds what a person wrote, by the declaration. */
  readonly sensitive: boolean;
  /** Members of a declared object; null where none are declared. */
  readonly members: ReadonlyMap<string, FieldRule> | null;
  /** True for a value of this field that says nothing of a person: one of the declared, a time, a small number. */
  keeps(value: string | number): boolean;
}

export class FieldRules {
  /** Names of the member that names an event, in each protocol. */
  readonly typeMembers: ReadonlySet<string>;
  readonly #byName: ReadonlyMap<string, FieldRule>;
  readonly #protocols: readonly ChatProtocol[];
  readonly #eventNames: ReadonlySet<string>;
  readonly #known = new Map<string, boolean>();
  readonly #typing: ReadonlySet<string>;
  readonly #beginnings: readonly string[];
  readonly #errorTexts: ReadonlySet<string>;
  readonly #publicWords: ReadonlySet<string>;
  readonly #unknown = new Map<string, FieldRule>();

  constructor(protocols: readonly ChatProtocol[]) {
    const events = protocols.flatMap((protocol) => protocol.events);
    const isTime = (value: unknown) => protocols.some((protocol) => protocol.timestamp(value) !== null);
    this.#protocols = protocols;
    this.typeMembers = new Set(protocols.map(({ envelope }) => envelope.type));
    this.#eventNames = new Set(events.map(({ name }) => name));
    this.#typing = new Set(
      protocols.flatMap((protocol) =>
        protocol.events
          .filter(({ name }) => protocol.eventType(name).role === 'typing')
          .map(({ name }) => name),
      ),
    );
    this.#beginnings = protocols.flatMap(({ nameBeginnings }) => nameBeginnings);
    this.#publicWords = new Set(protocols.flatMap(({ publicWords }) => [...(publicWords ?? [])]));
    const codes = protocols.flatMap(({ errorCodes }) => errorCodes);
    this.#errorTexts = new Set(codes.map(({ message }) => message));
    const states = protocols.flatMap(({ model }) => model.states.map(({ id }) => id));
    const fields = [...events.flatMap((event) => event.fields), ...protocols.flatMap(bodyFieldsOf)];
    const byName = new Map(merged(fields, isTime, new Set(states)));
    const knownCodes = new Set(codes.map(({ code }) => code));
    for (const [name, rule] of byName) {
      if (/(?:^|_)error_?code$/i.test(name))
        byName.set(name, {
          ...rule,
          keeps: (value) => knownCodes.has(String(value)) || /^\d{1,5}$/.test(String(value)),
        });
      if (/(?:^|_)error_?message$/i.test(name))
        byName.set(name, { ...rule, kind: 'error', keeps: (value) => this.#errorTexts.has(String(value)) });
    }
    this.#byName = byName;
  }

  /** The rule of a member in any event or body. */
  of(name: string): FieldRule {
    const known = this.#byName.get(name) ?? this.#unknown.get(name);
    if (known !== undefined) return known;
    const rule: FieldRule = {
      declared: false,
      kind: kindByName(name),
      sensitive: false,
      members: null,
      keeps: () => false,
    };
    if (this.#unknown.size < 10_000) this.#unknown.set(name, rule);
    return rule;
  }

  isDeclared(name: string): boolean {
    return this.#byName.has(name) || this.typeMembers.has(name);
  }

  /** A word of a protocol's addresses, headers and values that is nobody's. */
  isPublicWord(word: string): boolean {
    return this.#publicWords.has(word);
  }

  /** True for a name of a declared event. */
  knowsEvent(name: string): boolean {
    if (this.#eventNames.has(name)) return true;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // Misprints that a protocol knows are declared under the right name.
    const declared = this.#protocols.some(
      (protocol) => (protocol.declaration(name, 'in') ?? protocol.declaration(name, 'out')) !== undefined,
    );
    if (this.#known.size < 1_000) this.#known.set(name, declared);
    return declared;
  }

  isTyping(name: string): boolean {
    return this.#typing.has(name);
  }

  /** The beginning by which a name that nobody knows shows chat; '' where it shows none. */
  eventBeginning(name: string): string {
    return this.#beginnings.find((beginning) => name.startsWith(beginning)) ?? '';
  }

  /** True where a text may hold an event. */
  mentionsEvent(text: string): boolean {
    return this.#beginnings.some((beginning) => text.includes(beginning)) || this.#mentionsName(text);
  }

  #mentionsName(text: string): boolean {
    if (this.#beginnings.length > 0) return false;
    for (const name of this.#eventNames) if (text.includes(`"${name}"`)) return true;
    return false;
  }
}

/** Every body of every operation that a declaration may exist for, and those of errors. */
function bodyFieldsOf(protocol: ChatProtocol): readonly FieldDeclaration[] {
  return protocol.declaredBodies?.() ?? [];
}

function merged(
  fields: readonly FieldDeclaration[],
  isTime: (value: unknown) => boolean,
  states: ReadonlySet<string>,
): [string, FieldRule][] {
  const groups = new Map<string, FieldDeclaration[]>();
  for (const field of fields) {
    const group = groups.get(field.name);
    if (group === undefined) groups.set(field.name, [field]);
    else group.push(field);
  }
  return [...groups].map(([name, group]) => [name, ruleOf(name, group, isTime, states)]);
}

function ruleOf(
  name: string,
  group: readonly FieldDeclaration[],
  isTime: (value: unknown) => boolean,
  states: ReadonlySet<string>,
): FieldRule {
  const values = new Set(group.flatMap((field) => (field.values ?? []).map(({ value }) => value)));
  const formats = new Set(group.map(({ format }) => format));
  if (formats.has('state')) for (const state of states) values.add(state);
  const members = group.flatMap((field) => field.members ?? []);
  const ordinal = formats.has('message-id') || formats.has('form-id') || /index$/i.test(name);
  return {
    declared: true,
    kind: kindOfField(name, group),
    sensitive: group.some(({ sensitive }) => sensitive),
    members: members.length === 0 ? null : new Map(merged(members, isTime, states)),
    keeps: (value) => {
      const text = String(value);
      if (values.has(text)) return true;
      if (formats.has('timestamp') && isTime(value)) return true;
      if (formats.has('seconds') && /^-?\d{1,7}(?:\.\d{1,6})?$/.test(text)) return true;
      return ordinal && /^\d{1,5}$/.test(text);
    },
  };
}

function kindOfField(name: string, group: readonly FieldDeclaration[]): Kind {
  const formats = new Set(group.map(({ format }) => format));
  if (['party', 'message-id', 'chat-id', 'file-id', 'form-id'].some((format) => formats.has(format as never)))
    return 'id';
  if (formats.has('url')) return 'url';
  if (/^(?:latitude|longitude)$/i.test(name)) return 'place';
  if (/^sdp$/i.test(name)) return 'sdp';
  if (/^candidate$/i.test(name)) return 'address';
  const byName = kindByName(name);
  if (byName !== 'value') return byName;
  if (formats.has('html')) return 'text';
  return group.some(({ sensitive, type }) => sensitive && type === 'object') ? 'form' : 'value';
}

/** The kind that a member's name promises. */
function kindByName(name: string): Kind {
  for (const [pattern, kind] of BY_NAME) if (pattern.test(name)) return kind;
  return 'value';
}

const BY_NAME: readonly (readonly [RegExp, Kind])[] = [
  [/e[-_]?mail/i, 'email'],
  [/phone|mobile|(?:^|_)tel(?:$|_)|msisdn|whatsapp/i, 'phone'],
  [/iban/i, 'iban'],
  [/card|(?:^|_)(?:pan|cvv|cvc)$/i, 'card'],
  [/token|secret|passw|authori[sz]ation|cookie|jwt|api[-_]?key|credential|signature/i, 'token'],
  [/file[-_]?name/i, 'file'],
  [
    /(?:first|last|family|given|display|full|nick|user|screen|customer|visitor|agent|sur|middle)[-_]?name$|^name$/i,
    'name',
  ],
  [/(?:^|[-_])(?:ip|ip[-_]?address|remote[-_]?addr)$/i, 'address'],
  [/error[-_]?message|stack/i, 'error'],
  [/title|subject/i, 'title'],
  [/ur[il]$|href|link|referr?er|^page$/i, 'url'],
  [
    /(?:^|[-_])(?:msg|message|text|body|content|comment|note|question|answer)(?:$|[-_](?:text|body))/i,
    'text',
  ],
  [/(?:^|[-_])(?:id|uuid|guid|sid)$|[a-z](?:Id|ID|Uuid)$/, 'id'],
];
