/** The decoded fields as a flat list of lines to draw, whatever their depth: nothing here calls itself. */
import type { DecodedField } from '../../../src/analysis/api/analysis.ts';
import { isObject } from '../../../src/text/json-object.ts';
import { jsonPath } from '../../format/format.ts';

export interface FieldLine {
  readonly field: DecodedField;
  readonly depth: number;
  /** Names the line among its siblings and ancestors. */
  readonly key: string;
  readonly expandable: boolean;
  readonly open: boolean;
}

/** Objects on these levels are open until a person closes them. */
const OPEN_DEPTH = 2;

/** The first `limit` lines, and whether there are more. `toggled` holds the keys of lines that are not as by default. */
export function fieldLines(
  fields: readonly DecodedField[],
  toggled: ReadonlySet<string>,
  limit: number,
): { readonly lines: readonly FieldLine[]; readonly more: boolean } {
  const lines: FieldLine[] = [];
  const stack = [{ list: fields, at: 0, depth: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const field = top.list[top.at++];
    if (field === undefined) {
      stack.pop();
      continue;
    }
    if (lines.length === limit) return { lines, more: true };
    const key = jsonPath(field.path);
    const expandable = field.children.length > 0;
    const open = expandable && top.depth < OPEN_DEPTH !== toggled.has(key);
    lines.push({ field, depth: top.depth, key, expandable, open });
    if (open) stack.push({ list: field.children, at: 0, depth: top.depth + 1 });
  }
  return { lines, more: false };
}

/** The name of a field in its object or array. */
export function fieldName(field: DecodedField): string {
  const last = field.path.at(-1);
  return last === undefined ? '(whole)' : String(last);
}

/** A value as JSON would write it, for what is no container; containers say how much they hold. */
export function valueText(field: DecodedField): string {
  if (field.presence !== 'present') return '';
  const { value } = field;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.length} ]`;
  if (isObject(value)) {
    const size = Object.keys(value).length;
    return size === 0 ? '{}' : `{ ${size} }`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
