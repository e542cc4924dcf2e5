/**
 * What of captured values a build's log may hold: ids, rules, paths, names of events, enumerated values and error codes.
 * What people wrote, their names, addresses and numbers are replaced by tokens.
 */
import type { Finding } from '../analysis/api/analysis.ts';
import type { ChatProtocol } from '../protocol/chat-protocol.ts';
import { protocols as knownProtocols } from '../protocol/protocols.ts';
import { edited } from '../report/redaction/edits.ts';
import type { Kind } from '../report/redaction/kinds.ts';
import { keeping, PROFILES } from '../report/redaction/profile.ts';
import { Redactor } from '../report/redaction/redactor.ts';
import { TextRedaction } from '../report/redaction/text-redaction.ts';
import { UrlRedaction } from '../report/redaction/url-redaction.ts';

/** Ids and places stay: they lead to the server's own log. */
const LOGGED: readonly Kind[] = ['id', 'key', 'event', 'host', 'path', 'query', 'url'];
/** Parameters of sentences that are our own words, names of members and events, or numbers that we counted. */
const OUR_PARAMS: ReadonlySet<string> = new Set(
  'event field expected nearest source operation code meaning how why when type status count seconds milliseconds length limit line column offset file'.split(
    ' ',
  ),
);
const TYPE_WORDS =
  /^(?:absent|null|object|array|string|number|boolean|numeric-string|empty string|an? (?:object|array|string|number|boolean)\b[\w" ]*|seconds|milliseconds|another key|of (?:another form|the scheme .*))$/;
const KIND_OF_PARAM: Readonly<Record<string, Kind>> = {
  name: 'name',
  reason: 'error',
  party: 'id',
  id: 'id',
  form: 'id',
};

export class ShownValues {
  readonly #redactor: Redactor;
  readonly #texts: TextRedaction;
  readonly #states: ReadonlySet<string>;

  constructor(protocols: readonly ChatProtocol[] = knownProtocols) {
    this.#redactor = new Redactor(keeping(PROFILES.share, LOGGED), protocols);
    this.#texts = new TextRedaction(this.#redactor, new UrlRedaction(this.#redactor));
    this.#states = new Set(protocols.flatMap(({ model }) => model.states.map(({ id }) => id)));
  }

  /** The finding with parameters that may be told. */
  finding(finding: Finding): Finding {
    const { params } = finding;
    const shown = Object.entries(params).map(
      ([name, value]) => [name, this.#param(name, value, params)] as const,
    );
    return { ...finding, params: Object.fromEntries(shown) };
  }

  /** The JSON of an event or a body, in which all names and places stay. */
  json(text: string): string {
    return edited(text, this.#texts.edits(text));
  }

  /** A piece of a text that is no JSON: its words go, the names of events stay. */
  excerpt(text: string): string {
    const { rules } = this.#redactor;
    const isOurs = (word: string) =>
      rules.knowsEvent(word) || rules.isDeclared(word) || /^(?:true|false|null|html?|\d)$/i.test(word);
    return text.replaceAll(/[\p{L}\p{N}_]+/gu, (word) => (isOurs(word) ? word : '…'));
  }

  #param(name: string, value: string | number, params: Finding['params']): string | number {
    if (OUR_PARAMS.has(name) || typeof value === 'number') {
      return name === 'how' && typeof value === 'string' && !/^(?:code \d+|the stream broke off)$/.test(value)
        ? this.#redactor.value('error', value)
        : value;
    }
    if (name === 'state' || name === 'from' || name === 'to')
      return this.#states.has(value) ? value : this.#redactor.value('value', value);
    const kind = KIND_OF_PARAM[name];
    if (kind !== undefined) return this.#redactor.value(kind, value);
    if (TYPE_WORDS.test(value)) return value;
    const { rules } = this.#redactor;
    const rule = rules.of(
      String(params.field ?? '')
        .split('.')
        .at(-1) ?? '',
    );
    if (rule.keeps(value) || rules.knowsEvent(value)) return value;
    return this.#redactor.value(rule.kind, value);
  }
}
