/** The place in the documents that a finding about a field stands on. */
import type { Finding } from '../../../src/analysis/analysis.ts';
import { brightPattern } from '../../../src/protocol/bright-pattern/bright-pattern.ts';
import type { FieldDeclaration, SourceRef } from '../../../src/protocol/declaration.ts';

/** The source of the field's declaration, else of the event's; null where nothing is declared. */
export function documentOf(finding: Finding): SourceRef | null {
  if (finding.event === null) return null;
  const declaration =
    brightPattern.declaration(finding.event, 'in') ?? brightPattern.declaration(finding.event, 'out');
  if (!declaration) return null;
  return fieldAt(declaration.fields, finding.path)?.source ?? declaration.source;
}

function fieldAt(fields: readonly FieldDeclaration[], path: Finding['path']): FieldDeclaration | undefined {
  let found: FieldDeclaration | undefined;
  let members: readonly FieldDeclaration[] = fields;
  for (const step of path) {
    const next = members.find((field) => field.name === step);
    if (!next) return found;
    found = next;
    members = next.members ?? [];
  }
  return found;
}
