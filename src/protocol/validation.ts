/** Faults of one JSON object against its declaration: each key it has, then each field it lacks. */
import { isObject, type JsonObject } from '../text/json-object.ts';
import type { FieldDeclaration, JsonPath } from './declaration.ts';
import { type FieldJudge, fieldJudge, issue } from './field-fault.ts';
import { documentedValues, isNumeric, jsonType, type QuickTest, quickTest } from './schema.ts';
import type { EventFault, SchemaIssue } from './schema-issue.ts';
import { shortText } from './short-text.ts';
import { wireTimeUnit } from './timestamp.ts';

/** A key that only looks right, and the one that is meant. */
export interface LookAlike {
  readonly wrong: string;
  readonly right: string;
}

/** A key that some servers write for another one: known and harmless. */
export interface Alias {
  readonly key: string;
  readonly standsFor: string;
}

export interface ValidatorRules {
  /** Keys that stand beside the declared fields, such as `event`. */
  readonly ignored?: readonly string[];
  readonly lookAlikes?: readonly LookAlike[];
  readonly aliases?: readonly Alias[];
  /** What is told of every object before its fields. */
  readonly always?: readonly EventFault[];
}

export interface Validator {
  /** Appends the faults of `object` to `issues`. Never throws; goes no deeper than the declaration does. */
  check(object: JsonObject, issues: SchemaIssue[]): void;
  /**
   * The faults by rule and severity if they are those of ordinary traffic: times in seconds where the documents say
   * milliseconds, empty strings for numbers. Null for any other object: `check` has the answer. Makes next to nothing.
   */
  ordinaryFaults(object: JsonObject): readonly EventFault[] | null;
}

/** More unknown keys than this in one object are not listed one by one. */
const UNKNOWN_LIMIT = 20;
/** More elements than this of one array are not checked one by one. */
const ELEMENT_LIMIT = 1_000;

/** Longer objects are checked the long way. */
const KEYS_REMEMBERED = 32;

interface CheckedField extends FieldJudge {
  readonly required: boolean;
  readonly inMs: boolean;
  readonly quick: QuickTest;
  readonly listed: ReadonlySet<string>;
  readonly mayBeEmpty: boolean;
  readonly members: Validator | null;
}

/** Turns declared fields into a validator, once. */
export function validator(declared: readonly FieldDeclaration[], rules: ValidatorRules = {}): Validator {
  const fields = declared.map(checkedField);
  const byName = new Map(fields.map((field) => [field.declared.name, field]));
  const ignored = new Set(rules.ignored);
  const required = fields.filter((field) => field.required);
  const always = rules.always ?? [];
  /** By how many times are in seconds. */
  const withUnits = Array.from({ length: fields.filter((field) => field.inMs).length + 1 }, (_, count) => [
    ...always,
    ...Array<EventFault>(count).fill(UNIT),
  ]);
  const onceLoose = [...always, LOOSE];
  /** The keys of the last object, with their fields: the next one mostly has the same in the same order. */
  const lastKeys: string[] = [];
  const lastFields: (CheckedField | null)[] = [];

  return {
    check(object, issues) {
      let present = 0;
      let unknown = 0;
      let replaced: string[] | null = null;
      for (const key in object) {
        const field = byName.get(key);
        if (field) {
          const value = object[key];
          if (field.required && value !== undefined) present += 1;
          checkValue(field, value, issues);
        } else if (!ignored.has(key)) {
          const substitute = substitution(key, object, rules);
          if (substitute) {
            replaced = [...(replaced ?? []), substitute.right];
            issues.push(substitute.issue);
          } else if (unknown < UNKNOWN_LIMIT) {
            unknown += 1;
            issues.push(unknownField(key, object[key]));
          }
        }
      }
      if (present === required.length) return;
      for (const field of required) {
        const { name } = field.declared;
        if (!Object.hasOwn(object, name) && !replaced?.includes(name)) issues.push(field.absent());
      }
    },
    ordinaryFaults(object) {
      let present = 0;
      let units = 0;
      let more: readonly EventFault[] | null = null;
      let at = 0;
      for (const key in object) {
        if (lastKeys[at] !== key) {
          const known = byName.get(key);
          if (known === undefined && !ignored.has(key)) return null;
          if (at < KEYS_REMEMBERED) {
            lastKeys[at] = key;
            lastFields[at] = known ?? null;
          } else return null;
        }
        const field = lastFields[at] ?? null;
        at += 1;
        if (field === null) continue;
        const value = object[key];
        if (field.required) present += 1;
        if (field.quick === 'text') {
          if (typeof value !== 'string') return null;
        } else if (field.quick === 'time') {
          const unit = typeof value === 'string' ? wireTimeUnit(value) : null;
          if (unit === null) return null;
          if (field.inMs && unit === 's') {
            units += 1;
            if (more !== null) more = [...more, UNIT];
          }
        } else if (field.quick === 'numeric') {
          if (typeof value !== 'string') return null;
          if (value === '' && field.mayBeEmpty) {
            if (more === null && units === 0) more = onceLoose;
            else more = [...(more ?? withUnits[units] ?? []), LOOSE];
          } else if (!isNumeric(value)) return null;
        } else if (field.quick === 'listed') {
          if (typeof value !== 'string' || !field.listed.has(value)) return null;
        } else if (field.members !== null || field.inMs || !field.accepts(value)) return null;
      }
      if (present !== required.length) return null;
      return more ?? withUnits[units] ?? null;
    },
  };
}

const UNIT: EventFault = { rule: 'schema/timestamp-unit', severity: 'note' };
const LOOSE: EventFault = { rule: 'schema/loose-type', severity: 'note' };

/** All of one shape, which spreading the judge into it would not give. */
function checkedField(declared: FieldDeclaration): CheckedField {
  const { accepts, fault, absent, unitFault } = fieldJudge(declared);
  return {
    declared,
    accepts,
    fault,
    absent,
    unitFault,
    required: declared.presence === 'required',
    inMs: declared.unit === 'ms',
    quick: quickTest(declared),
    listed: new Set(documentedValues(declared)),
    mayBeEmpty: (declared.loose ?? []).includes('empty-string') && declared.values === undefined,
    members: declared.members ? validator(declared.members) : null,
  };
}

function checkValue(field: CheckedField, value: unknown, issues: SchemaIssue[]): void {
  if (isPlainlyGood(field, value)) {
    if (!field.inMs) return;
  } else if (!field.accepts(value)) issues.push(field.fault(value));
  else if (field.members) checkMembers(field.declared.name, field.members, value, issues);
  if (!field.inMs) return;
  const unit = field.unitFault(value);
  if (unit) issues.push(unit);
}

/** What one look tells of almost every value, without its schema. */
function isPlainlyGood(field: CheckedField, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (field.quick === 'text') return true;
  if (field.quick === 'listed') return field.listed.has(value);
  return field.quick === 'time'
    ? wireTimeUnit(value) !== null
    : field.quick === 'numeric' && isNumeric(value);
}

function checkMembers(name: string, members: Validator, value: unknown, issues: SchemaIssue[]): void {
  if (!Array.isArray(value)) checkInside([name], members, value, issues);
  else {
    for (const [index, element] of value.slice(0, ELEMENT_LIMIT).entries()) {
      checkInside([name, index], members, element, issues);
    }
  }
}

function checkInside(path: JsonPath, members: Validator, value: unknown, issues: SchemaIssue[]): void {
  if (!isObject(value)) {
    const params = { field: path.join('.'), expected: 'object', actual: jsonType(value) };
    issues.push(issue('schema/wrong-type', 'error', 'documented', path, params));
    return;
  }
  const own: SchemaIssue[] = [];
  members.check(value, own);
  for (const each of own) issues.push({ ...each, path: [...path, ...each.path] });
}

/** The field that an undeclared key is meant as, and what is to be said about it; null where there is none. */
function substitution(key: string, object: JsonObject, rules: ValidatorRules) {
  const lookAlike = rules.lookAlikes?.find(
    ({ wrong, right }) => wrong === key && !Object.hasOwn(object, right),
  );
  if (lookAlike) {
    const params = { field: key, expected: lookAlike.right };
    const wrongKey = issue('client/wrong-key', 'error', 'documented', [key], params);
    return { right: lookAlike.right, issue: wrongKey };
  }
  const alias = rules.aliases?.find((each) => each.key === key && !Object.hasOwn(object, each.standsFor));
  if (!alias) return null;
  const params = { field: key, expected: alias.standsFor, actual: key, type: 'another key' };
  return { right: alias.standsFor, issue: issue('schema/loose-type', 'note', 'observed', [key], params) };
}

function unknownField(key: string, value: unknown): SchemaIssue {
  const params = { field: shortText(key), actual: jsonType(value) };
  return issue('schema/unknown-field', 'note', 'inferred', [key], params);
}
