/** The place in the documents that a finding about a field stands on. */
import type { Finding } from '../../../src/analysis/api/analysis.ts';
import type { FieldDeclaration, SourceRef } from '../../../src/protocol/declaration.ts';
import { protocolOf } from '../../../src/protocol/protocols.ts';

/** The source of the field's declaration, else of the event's; null where nothing is declared. */
export function documentOf(finding: Finding): SourceRef | null {
  if (finding.event === null) return null;
  const protocol = protocolOf(finding.protocol);
  const declaration =
    protocol?.declaration(finding.event, 'in') ?? protocol?.declaration(finding.event, 'out');
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
