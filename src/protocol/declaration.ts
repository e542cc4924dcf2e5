/**
 * How a chat protocol is declared: one declaration an event and a field, from which validation, the decoded view,
 * the documentation and autocompletion are read.
 */

/** `documented` (in the vendor's documents), `observed` (vendor's clients, published traffic), `inferred` (our judgement). */
export type Evidence = 'documented' | 'observed' | 'inferred';

/** `error`: a documented rule is broken. `warning`: very likely a defect. `note`: known and harmless, or worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

export type JsonPath = readonly (string | number)[];

/** Where a fact comes from: a name of the document or client and its address. */
export interface SourceRef {
  readonly label: string;
  readonly url: string;
}

/** How a person reads a field's value. */
export type FieldFormat =
  | 'text'
  | 'html'
  | 'party'
  | 'message-id'
  | 'chat-id'
  | 'file-id'
  | 'form-id'
  | 'timestamp'
  | 'seconds'
  | 'url'
  | 'state'
  | 'json';

/** JSON types, and the looser forms that are known on the wire. */
export type FieldType = 'string' | 'numeric-string' | 'number' | 'boolean' | 'object' | 'array';

export interface EnumValue {
  readonly value: string;
  readonly meaning: string;
  readonly evidence: Evidence;
}

export interface FieldDeclaration {
  readonly name: string;
  /** The type the documents give. */
  readonly type: FieldType;
  /** Further types known on the wire: accepted, with a `schema/loose-type` note. */
  readonly loose?: readonly (FieldType | 'null' | 'empty-string')[];
  /** Types accepted without any finding beside `type`. */
  readonly also?: readonly FieldType[];
  readonly presence: 'required' | 'optional';
  /** Absence is known on the wire: a `schema/loose-type` note and no error. */
  readonly absentIsLoose?: boolean;
  readonly values?: readonly EnumValue[];
  readonly format: FieldFormat;
  /** What the timestamp is said to be by the documents. */
  readonly unit?: 'ms' | 's';
  readonly meaning: string;
  readonly evidence: Evidence;
  readonly source: SourceRef;
  /** Names a person or holds what a person wrote or may authenticate with: redaction replaces it. */
  readonly sensitive: boolean;
  /** Another one each time though nothing is different: two sessions are not told apart by it. */
  readonly volatile?: true;
  /** First or last version of the documents that has it. */
  readonly since?: string;
  readonly until?: string;
  /** Declared members of an object. */
  readonly members?: readonly FieldDeclaration[];
}

export interface EventDeclaration {
  readonly name: string;
  readonly direction: 'server' | 'client' | 'both';
  readonly title: string;
  readonly meaning: string;
  readonly evidence: Evidence;
  readonly source: SourceRef;
  readonly since?: string;
  readonly until?: string;
  readonly fields: readonly FieldDeclaration[];
}
