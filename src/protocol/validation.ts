/** Faults of one JSON object against its declaration: the documents' schema first, then what each fault is. */
import type { SchemaIssue } from './chat-protocol.ts';
import type { Evidence, FieldDeclaration, JsonPath, Severity } from './declaration.ts';
import {
  documentedField,
  documentedObject,
  documentedType,
  jsonType,
  looseType,
  type Schema,
} from './schema.ts';
import { shortText } from './short-text.ts';
import { wireTime } from './timestamp.ts';

/** A key that only looks right, and the one that is meant. */
export interface LookAlike {
  readonly wrong: string;
  readonly right: string;
}

/** A key that an older server wrote for another one: known, harmless, worth a note. */
export interface Alias {
  readonly key: string;
  readonly standsFor: string;
}

export interface Validator {
  /** Appends the faults of `object` to `issues`. Never throws. */
  check(object: Readonly<Record<string, unknown>>, issues: SchemaIssue[]): void;
}

export interface ValidatorRules {
  /** Keys that stand beside the declared fields, such as `event`. */
  readonly ignored?: readonly string[];
  readonly lookAlikes?: readonly LookAlike[];
  readonly aliases?: readonly Alias[];
}

/** More unknown keys than this in one object are not listed one by one. */
const UNKNOWN_LIMIT = 20;
/** More elements than this of one array are not checked one by one. */
const ELEMENT_LIMIT = 1_000;

/** Turns declared fields into a validator, once. */
export function validator(fields: readonly FieldDeclaration[], rules: ValidatorRules = {}): Validator {
  const byName = new Map(fields.map((field) => [field.name, judged(field)]));
  const ignored = new Set(rules.ignored);
  const schema = documentedObject(fields);
  const timesInMs = fields.filter((field) => field.unit === 'ms').map((field) => field.name);
  const nested = fields.filter((field) => field.members);
  const inside = new Map(nested.map((field) => [field.name, validator(field.members ?? [])]));

  return {
    check(object, issues) {
      const replaced = foreignKeys(object, issues);
      if (!passes(schema, object)) {
        for (const field of byName.values()) {
          if (!replaced?.has(field.declared.name)) checkField(field, object, issues);
        }
      } else {
        for (const [name, members] of inside) checkMembers(name, members, object, issues);
      }
      for (const name of timesInMs) checkUnit(name, object, issues);
    },
  };

  /** Finds keys that are not declared; gives the declared names that such a key stands for. */
  function foreignKeys(object: Readonly<Record<string, unknown>>, issues: SchemaIssue[]): Set<string> | null {
    let replaced: Set<string> | null = null;
    let unknown = 0;
    for (const key in object) {
      if (byName.has(key) || ignored.has(key)) continue;
      const stands = standsFor(key, object);
      if (stands === null) {
        unknown += 1;
        if (unknown <= UNKNOWN_LIMIT) issues.push(unknownField(key, object));
      } else {
        replaced ??= new Set();
        replaced.add(stands.right);
        issues.push(stands.issue);
      }
    }
    return replaced;
  }

  function standsFor(key: string, object: Readonly<Record<string, unknown>>) {
    const lookAlike = rules.lookAlikes?.find(
      ({ wrong, right }) => wrong === key && !Object.hasOwn(object, right),
    );
    if (lookAlike) return { right: lookAlike.right, issue: wrongKey(lookAlike) };
    const alias = rules.aliases?.find((each) => each.key === key && !Object.hasOwn(object, each.standsFor));
    return alias ? { right: alias.standsFor, issue: aliasIssue(alias) } : null;
  }

  function checkField(field: JudgedField, object: Readonly<Record<string, unknown>>, issues: SchemaIssue[]) {
    const { declared } = field;
    const value = Object.hasOwn(object, declared.name) ? object[declared.name] : undefined;
    if (value === undefined) {
      if (declared.presence === 'required') issues.push(absent(declared));
      return;
    }
    const members = inside.get(declared.name);
    if (members && jsonType(value) === declared.type) checkMembers(declared.name, members, object, issues);
    else if (!passes(field.documented, value)) issues.push(fault(field, value));
  }
}

/** The schemas that tell what a value's fault is. */
interface JudgedField {
  readonly declared: FieldDeclaration;
  readonly documented: Schema;
  readonly type: Schema;
  readonly loose: Schema;
}

function judged(declared: FieldDeclaration): JudgedField {
  return {
    declared,
    documented: documentedField(declared),
    type: documentedType(declared),
    loose: looseType(declared),
  };
}

/** Zod's own entry below `safeParse`: no error object is built, whose making costs more than the check. */
function passes(schema: Schema, value: unknown): boolean {
  const result = schema._zod.run({ value, issues: [] }, { async: false });
  return !(result instanceof Promise) && result.issues.length === 0;
}

function checkMembers(
  name: string,
  members: Validator,
  object: Readonly<Record<string, unknown>>,
  issues: SchemaIssue[],
): void {
  const value = object[name];
  if (Array.isArray(value)) {
    for (const [index, element] of value.slice(0, ELEMENT_LIMIT).entries())
      checkInside([name, index], element);
  } else if (value !== undefined) checkInside([name], value);

  function checkInside(path: JsonPath, element: unknown) {
    if (!isObject(element)) {
      issues.push(
        issue('schema/wrong-type', 'error', 'documented', path, {
          field: name,
          expected: 'object',
          actual: jsonType(element),
        }),
      );
      return;
    }
    const own: SchemaIssue[] = [];
    members.check(element, own);
    for (const each of own) issues.push({ ...each, path: [...path, ...each.path] });
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return jsonType(value) === 'object';
}

/** What is wrong with a value that is not as the documents have it. */
function fault({ declared, type, loose }: JudgedField, value: unknown): SchemaIssue {
  const path = [declared.name];
  const about = { field: declared.name, actual: shortText(value) };
  const expected = expectation(declared);
  if (declared.format === 'timestamp' && (typeof value === 'string' || typeof value === 'number')) {
    if (wireTime(value) === null)
      return issue('schema/bad-value', 'error', declared.evidence, path, { ...about, expected });
    return issue('schema/loose-type', 'note', 'observed', path, {
      ...about,
      expected,
      type: jsonType(value),
    });
  }
  const known = declared.values?.find((each) => each.value === value);
  if (known)
    return issue('schema/undocumented-value', 'note', 'observed', path, {
      ...about,
      expected,
      meaning: known.meaning,
    });
  if (passes(loose, value)) {
    return issue('schema/loose-type', 'note', 'observed', path, {
      ...about,
      expected,
      type: value === '' ? 'empty' : jsonType(value),
    });
  }
  if (passes(type, value))
    return issue('schema/bad-value', 'error', declared.evidence, path, { ...about, expected });
  return issue('schema/wrong-type', 'error', declared.evidence, path, {
    field: declared.name,
    expected: declared.type,
    actual: jsonType(value),
  });
}

function expectation(declared: FieldDeclaration): string {
  if (declared.values) return documentedValues(declared).join(', ');
  return declared.format === 'timestamp' ? 'a time in Unix seconds or milliseconds' : declared.type;
}

const documentedValues = (declared: FieldDeclaration) =>
  (declared.values ?? []).filter((each) => each.evidence === 'documented').map((each) => each.value);

function absent(declared: FieldDeclaration): SchemaIssue {
  const params = { field: declared.name, expected: declared.type };
  return declared.absentIsLoose
    ? issue('schema/loose-type', 'note', 'observed', [declared.name], {
        ...params,
        actual: 'absent',
        type: 'absent',
      })
    : issue('schema/missing-field', 'error', 'documented', [declared.name], params);
}

function checkUnit(name: string, object: Readonly<Record<string, unknown>>, issues: SchemaIssue[]): void {
  const value = object[name];
  if (value === undefined || wireTime(value)?.unit !== 's') return;
  const params = { field: name, expected: 'milliseconds', actual: 'seconds', value: shortText(value) };
  issues.push(issue('schema/timestamp-unit', 'note', 'observed', [name], params));
}

function unknownField(key: string, object: Readonly<Record<string, unknown>>): SchemaIssue {
  const params = { field: shortText(key), actual: jsonType(object[key]) };
  return issue('schema/unknown-field', 'note', 'inferred', [key], params);
}

function wrongKey({ wrong, right }: LookAlike): SchemaIssue {
  return issue('client/wrong-key', 'error', 'documented', [wrong], { field: wrong, expected: right });
}

function aliasIssue({ key, standsFor }: Alias): SchemaIssue {
  const params = { field: key, expected: standsFor, actual: key, type: 'other key' };
  return issue('schema/loose-type', 'note', 'observed', [key], params);
}

/** One fault, with its parts in the order in which a finding is read. */
export function issue(
  rule: string,
  severity: Severity,
  evidence: Evidence,
  path: JsonPath,
  params: SchemaIssue['params'] = {},
): SchemaIssue {
  return { rule, severity, evidence, path, params };
}
