/** How an event or a body is written down: only what is particular to it; the rest follows from where it stands. */
import type { EventDeclaration, Evidence, FieldDeclaration, SourceRef } from '../declaration.ts';

/** A field as written down. What is left out is taken from the event or body around it. */
export interface FieldDraft
  extends Partial<Omit<FieldDeclaration, 'name' | 'meaning' | 'members'>>,
    Pick<FieldDeclaration, 'name' | 'meaning'> {
  readonly members?: readonly FieldDraft[];
}

export interface EventDraft extends Omit<EventDeclaration, 'fields' | 'evidence'> {
  readonly evidence?: Evidence;
  readonly fields?: readonly FieldDraft[];
}

/** Makes the declaration of an event. Events are documented unless they say otherwise. */
export function declareEvent(draft: EventDraft): EventDeclaration {
  const evidence = draft.evidence ?? 'documented';
  return {
    ...draft,
    evidence,
    fields: declareFields(draft.fields ?? [], { evidence, source: draft.source }),
  };
}

/** Makes the declarations of fields that stand in something of this evidence and source. */
export function declareFields(
  drafts: readonly FieldDraft[],
  around: { readonly evidence: Evidence; readonly source: SourceRef },
): readonly FieldDeclaration[] {
  return drafts.map((draft) => {
    const { members, ...own } = draft;
    const evidence = own.evidence ?? around.evidence;
    const source = own.source ?? around.source;
    return {
      type: 'string',
      format: 'text',
      sensitive: false,
      ...own,
      // Only the documents can require a field: what was merely seen may be absent.
      presence: evidence === 'documented' ? (own.presence ?? 'required') : 'optional',
      evidence,
      source,
      ...(members && { members: declareFields(members, { evidence, source }) }),
    };
  });
}
