/** What is wrong with one field: its schemas, made once of its declaration, and the fault that they tell. */
import { asDouble } from '../text/json-object.ts';
import type { Evidence, FieldDeclaration, JsonPath, Severity } from './declaration.ts';
import { documentedSchema, documentedValues, jsonType, looseSchemas, passes, typeSchema } from './schema.ts';
import type { SchemaIssue } from './schema-issue.ts';
import { shortText } from './short-text.ts';
import { wireTimeUnit } from './timestamp.ts';

export interface FieldJudge {
  readonly declared: FieldDeclaration;
  /** True if the value is as the documents have it. */
  accepts(value: unknown): boolean;
  /** The fault of a value that is not accepted. */
  fault(value: unknown): SchemaIssue;
  /** The fault of an absent required field. */
  absent(): SchemaIssue;
  /** Seconds where the documents say milliseconds, or null. */
  unitFault(value: unknown): SchemaIssue | null;
}

/** Makes the judge of a field, once. */
export function fieldJudge(declared: FieldDeclaration): FieldJudge {
  const { name, evidence } = declared;
  const documented = documentedSchema(declared);
  const loose = looseSchemas(declared);
  const type = typeSchema(declared);
  const expected = expectation(declared);
  const path = [name];

  return {
    declared,
    accepts: (value) => passes(documented, value),
    fault(value) {
      const params = { field: name, expected, actual: shortText(value), type: looseType(value) };
      const badValue = () => issue('schema/bad-value', 'error', evidence, path, params);
      if (declared.format === 'timestamp' && isScalar(value) && wireTimeUnit(value) === null)
        return badValue();
      const known = declared.values?.find((each) => each.value === value);
      if (known) {
        const meaning = { ...params, meaning: known.meaning };
        return issue('schema/undocumented-value', 'note', 'observed', path, meaning);
      }
      if (loose.some((schema) => passes(schema, value)))
        return issue('schema/loose-type', 'note', 'observed', path, params);
      if (passes(type, value)) return badValue();
      const types = { field: name, expected: declared.type, actual: jsonType(value) };
      return issue('schema/wrong-type', 'error', evidence, path, types);
    },
    absent() {
      const params = { field: name, expected, actual: 'absent', type: 'absent' };
      return declared.absentIsLoose
        ? issue('schema/loose-type', 'note', 'observed', path, params)
        : issue('schema/missing-field', 'error', 'documented', path, { field: name, expected });
    },
    unitFault(value) {
      if (declared.unit !== 'ms' || wireTimeUnit(value) !== 's') return null;
      const params = { field: name, expected: 'milliseconds', actual: 'seconds', value: shortText(value) };
      return issue('schema/timestamp-unit', 'note', 'observed', path, params);
    },
  };
}

/** One fault, its parts in the order in which a finding is read. */
export function issue(
  rule: string,
  severity: Severity,
  evidence: Evidence,
  path: JsonPath,
  params: SchemaIssue['params'] = {},
): SchemaIssue {
  return { rule, severity, evidence, path, params };
}

const looseType = (value: unknown) => (value === '' ? 'empty string' : jsonType(value));

const isScalar = (value: unknown) => typeof value === 'string' || typeof asDouble(value) === 'number';

function expectation(declared: FieldDeclaration): string {
  if (declared.values) return documentedValues(declared).join(', ');
  if (declared.format === 'timestamp') return 'a time in Unix seconds or milliseconds';
  return declared.type === 'numeric-string' ? 'a number in a string' : declared.type;
}
