/** What the flight recorder gives back of a document. */
import type { TravellingObservation } from '../messaging/private-port.ts';
import type { DocumentId } from '../observation/observation.ts';

export interface RecordedDocument {
  readonly documentId: DocumentId;
  readonly frame: number;
  /** True if its frame said good-bye or its connection ended: nothing more of it can come from its own ring. */
  readonly gone: boolean;
  readonly observations: readonly TravellingObservation[];
}

/** True if the document's own ring can have nothing that the recorder has lost. */
export function isWhole(document: RecordedDocument): boolean {
  return document.gone || isUnbroken(document);
}

export function isUnbroken({ observations }: RecordedDocument): boolean {
  return observations.every(({ kind }) => kind !== 'gap');
}
