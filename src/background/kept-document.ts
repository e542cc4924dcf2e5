/** What the flight recorder keeps of a document, and in which values of the storage. */
import type { TravellingObservation } from '../messaging/private-port.ts';
import type { DocumentId, Seq } from '../observation/observation.ts';

/** One value of the storage. */
export interface StoredBatch {
  readonly key: string;
  readonly from: Seq;
  readonly next: Seq;
  readonly bytes: number;
  readonly count: number;
}

export interface KeptDocument {
  readonly tab: number;
  readonly frame: number;
  readonly documentId: DocumentId;
  /** When it began and when it was last heard of, Unix milliseconds. */
  readonly since: number;
  at: number;
  /** When it was shown: which page of the tab it is of. */
  shown: number;
  /** Origin and path; '' while they are not known. */
  url: string;
  top: boolean;
  gone: boolean;
  next: Seq;
  batches: StoredBatch[];
  /** Taken, and not stored yet. */
  pending: TravellingObservation[];
}
