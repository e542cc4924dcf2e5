import type { Json, Template } from './script.ts';

/** What placeholders stand for while a chat plays. */
export interface Cast {
  readonly chatId: string;
  /** The upper-case id of a party by its name in the script. */
  party(name: string): string;
  /** The next message id of the server. */
  nextMessageId(): string;
  /** The latest message id of the server, and that of the visitor's latest message. */
  readonly lastMessageId: string;
  readonly heardMessageId: string;
  /** The id of a stored file by its name. */
  file(name: string): string;
  /** Now, in whole seconds since the Unix epoch. */
  now(): number;
}

/**
 * A template with its placeholders filled in. `@now`, `@now-60` (seconds), `@id`, `@last`, `@heard`, `@chat`,
 * `@party:NAME` and `@file:NAME` are whole strings; everything else stays as it is. Keys come out in alphabetical order, at every
 * depth, as the vendor's server writes them.
 */
export function fill(
  template: Template,
  cast: Cast,
): { readonly event: string; readonly [field: string]: Json } {
  return { ...fillObject(template, cast), event: template.event };
}

function fillObject(object: { readonly [key: string]: Json }, cast: Cast): { [key: string]: Json } {
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, fillValue(object[key] ?? null, cast)]),
  );
}

function fillValue(value: Json, cast: Cast): Json {
  if (typeof value === 'string') return value.startsWith('@') ? fillText(value, cast) : value;
  if (isArray(value)) return value.map((item) => fillValue(item, cast));
  return typeof value === 'object' && value !== null ? fillObject(value, cast) : value;
}

function fillText(text: string, cast: Cast): string {
  const [, word, argument] = /^@(now|id|last|heard|chat|party|file)(?:[:-](.+))?$/.exec(text) ?? [];
  switch (word) {
    case 'now':
      return String(cast.now() - Number(argument ?? 0));
    case 'id':
      return cast.nextMessageId();
    case 'last':
      return cast.lastMessageId;
    case 'heard':
      return cast.heardMessageId;
    case 'chat':
      return cast.chatId;
    case 'party':
      return cast.party(argument ?? '');
    case 'file':
      return cast.file(argument ?? '');
    default:
      return text;
  }
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
