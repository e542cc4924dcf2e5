/** What an export replaces: three profiles that are there, and own ones by field, JSON pointer and pattern. */
import { isKind, type Kind } from './kinds.ts';

export type ProfileName = 'share' | 'internal' | 'none';

/** `replace`: the whole value. `search`: what is known or shows to be personal in it. `keep`: nothing. */
export type Treatment = 'replace' | 'search' | 'keep';

export interface Profile {
  /** What the file says of itself. */
  readonly name: string;
  readonly base: ProfileName;
  /** Kinds that are left as they are. */
  readonly kept: ReadonlySet<Kind>;
  /** By name of a member, in any event or body. */
  readonly fields: ReadonlyMap<string, Treatment>;
  /** By JSON pointer from the root of an event or a body; `*` stands for any one step. */
  readonly pointers: readonly { readonly steps: readonly string[]; readonly treatment: Treatment }[];
  /** Found in any text that is kept or searched. */
  readonly patterns: readonly { readonly pattern: RegExp; readonly kind: Kind }[];
}

function builtIn(name: ProfileName): Profile {
  return { name, base: name, kept: new Set(), fields: new Map(), pointers: [], patterns: [] };
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  share: builtIn('share'),
  internal: builtIn('internal'),
  none: builtIn('none'),
};

export const isProfileName = (text: string): text is ProfileName => Object.hasOwn(PROFILES, text);

/** The profile without these kinds, as a person switched them off; its name says which. */
export function keeping(profile: Profile, kinds: Iterable<Kind>): Profile {
  const kept = new Set([...profile.kept, ...kinds]);
  if (kept.size === profile.kept.size) return profile;
  return { ...profile, name: [profile.name, 'without', ...[...kept].sort()].join('-'), kept };
}

/** Kinds that `internal` leaves where they are, but for what is personal in them. */
const SEARCHED: ReadonlySet<Kind> = new Set<Kind>([
  ...(['text', 'preview', 'title', 'error', 'value', 'key', 'event', 'id', 'host', 'path', 'url'] as const),
]);

/** What a profile does with a value of that kind which nothing else is said of. */
export function treatment(profile: Profile, kind: Kind): Treatment {
  if (profile.base === 'none') return 'keep';
  if (profile.kept.has(kind)) return 'search';
  return profile.base === 'internal' && SEARCHED.has(kind) ? 'search' : 'replace';
}

/**
 * Reads an own profile:
 * `{"name":"ours","base":"share","keep":["host"],"fields":{"msg":"search"},"pointers":{"/data/city":"keep"},"patterns":[{"pattern":"ORD-\\d+","kind":"custom"}]}`.
 * @throws Error with one sentence that says what is wrong.
 */
export function parseProfile(text: string): Profile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the profile is no JSON');
  }
  const object = record(value, 'the profile');
  for (const key of Object.keys(object))
    if (!['name', 'base', 'keep', 'fields', 'pointers', 'patterns'].includes(key))
      throw new Error(`the profile has an unknown member ${JSON.stringify(key)}`);
  const base = object.base ?? 'share';
  if (typeof base !== 'string' || !isProfileName(base))
    throw new Error('its base is one of share, internal, none');
  const name = object.name ?? 'own';
  if (typeof name !== 'string' || !/^[\w-]{1,40}$/.test(name))
    throw new Error('its name is up to 40 letters, digits, _ and -');
  return {
    name,
    base,
    kept: new Set(list(object.keep ?? [], 'keep').map(kindOf)),
    fields: new Map(
      Object.entries(record(object.fields ?? {}, 'fields')).map(([key, each]) => [key, treatmentOf(each)]),
    ),
    pointers: Object.entries(record(object.pointers ?? {}, 'pointers')).map(([pointer, each]) => ({
      steps: pointerSteps(pointer),
      treatment: treatmentOf(each),
    })),
    patterns: list(object.patterns ?? [], 'patterns').map((each) => {
      const { pattern, kind = 'custom' } = record(each, 'a pattern');
      if (typeof pattern !== 'string' || pattern === '') throw new Error('each pattern has a `pattern`');
      try {
        return { pattern: new RegExp(pattern, 'gu'), kind: kindOf(kind) };
      } catch (error) {
        throw new Error(`the pattern ${JSON.stringify(pattern)} cannot be read: ${String(error)}`);
      }
    }),
  };
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${what} is no object`);
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what} is no list`);
  return value;
}

function kindOf(value: unknown): Kind {
  if (typeof value === 'string' && isKind(value)) return value;
  throw new Error(`there is no kind ${JSON.stringify(value)}`);
}

function treatmentOf(value: unknown): Treatment {
  if (value === 'replace' || value === 'search' || value === 'keep') return value;
  throw new Error('a field is one of replace, search, keep');
}

function pointerSteps(pointer: string): string[] {
  if (!pointer.startsWith('/'))
    throw new Error(`the pointer ${JSON.stringify(pointer)} does not begin with /`);
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
