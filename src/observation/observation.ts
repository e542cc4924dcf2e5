/**
 * What the taps saw: the vocabulary that capture, the trace format and the analysis share.
 * An observation is never changed or renumbered; what becomes known later is a new one that names the first by `of`.
 * This folder imports nothing and holds no behaviour that needs a browser.
 */

/** Random id of one document (one realm's life), 32 hex digits from `crypto.getRandomValues`. */
export type DocumentId = string & { readonly __brand?: 'DocumentId' };
/** Position of an observation in its document, from 0, without holes but for `gap`. */
export type Seq = number;

export type Source = 'hook' | 'devtools.network' | 'import' | 'played';

/**
 * Captured bytes, exactly as received and never split.
 * `text`: UTF-8 decoded text. `base64`: binary. `none`: the browser gave no bytes (see `note`).
 * `later`: the bytes follow in a `body` observation whose `of` is this observation's `seq`.
 */
export interface Payload {
  readonly encoding: 'text' | 'base64' | 'none' | 'later';
  /** The bytes; empty for `none` and `later`. */
  readonly data: string;
  /** Size on the wire as far as it is known, in bytes (for text: UTF-16 units when the byte size is not known). */
  readonly size: number;
  /** True when `data` was cut at the body cap. */
  readonly truncated: boolean;
  /**
   * Why there are no bytes, or in which form the browser gave them: 'opaque', 'parsed-json', 'form-data', 'document' …
   * Of a message that is no chat on a socket of chat only its size is kept: 'not chat', or what a framing calls it,
   * 'heartbeat', 'handshake' or 'acknowledgement'.
   */
  readonly note?: string;
}

interface Common {
  readonly documentId: DocumentId;
  /**
   * The browser's frame id in its tab; 0 is the top frame. Stamped by the background; null for a frame that was gone
   * before anybody could say it.
   */
  readonly frame: number | null;
  readonly seq: Seq;
  /** Time of the tap: Unix epoch, milliseconds, fractional. */
  readonly wallTime: number;
  /** Time of the tap on the document's monotonic clock, milliseconds since its time origin. */
  readonly monotonicTime: number;
  readonly source: Source;
}

export type Header = readonly [name: string, value: string];

/** Milestones of a document. `start` is the first observation of every document. */
export interface DocumentObservation extends Common {
  readonly kind: 'document';
  readonly phase: 'start' | 'hidden' | 'restored' | 'gone';
  readonly url: string;
  /**
   * The document's origin by the browser's own word, stamped by the background: 'https://shop.example', 'null' for an
   * opaque one. Null where nobody said it, as in files of version 1 and those of other tools.
   */
  readonly origin: string | null;
  /** True for the top frame of the tab. */
  readonly top: boolean;
}

/** A request left. Its `seq` names the exchange in all that follows. */
export interface RequestObservation extends Common {
  readonly kind: 'request';
  readonly transport: 'fetch' | 'xhr' | 'beacon' | 'eventsource';
  readonly method: string;
  /** Absolute URL. */
  readonly url: string;
  readonly headers: readonly Header[];
  /** Null where the request has no body. */
  readonly body: Payload | null;
  /** Only of source `devtools.network`: the hook may have seen the same request; says why that is not certain. */
  readonly doubt?: Doubt;
}

/**
 * Why it is not certain whether a request that DevTools reported is one that the hook has seen. `start`: like one of
 * the hook's but for the time. `body`: a body or an answer to tell by is missing. `several`: like one of the hook's
 * that another report was taken for.
 */
export type Doubt = 'start' | 'body' | 'several';

/** The head of the answer: status and headers are known. */
export interface ResponseObservation extends Common {
  readonly kind: 'response';
  readonly of: Seq;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** The URL after redirects; empty where the browser hides it. */
  readonly url: string;
  /** There where the browser tells that a service worker answered, and not the network. */
  readonly via?: 'service-worker';
}

/** Said later of the exchange `of`: who answered it in place of the network, as far as the browser tells. */
export interface ServedObservation extends Common {
  readonly kind: 'served';
  readonly of: Seq;
  readonly by: 'service-worker';
}

/** A whole body: the answer of the exchange `of`, or the late bytes of the request or frame `of`. */
export interface BodyObservation extends Common {
  readonly kind: 'body';
  readonly of: Seq;
  readonly role: 'answer' | 'request' | 'frame';
  readonly payload: Payload;
}

/** A part of a streamed answer of the exchange `of`, in order. */
export interface ChunkObservation extends Common {
  readonly kind: 'chunk';
  readonly of: Seq;
  readonly payload: Payload;
}

/** The exchange or stream `of` ended in good order. */
export interface EndObservation extends Common {
  readonly kind: 'end';
  readonly of: Seq;
}

/** The page gave the exchange or stream up (abort(), close() of an EventSource, navigation). */
export interface AbortObservation extends Common {
  readonly kind: 'abort';
  readonly of: Seq;
  readonly reason: string;
}

/** The exchange, stream or socket failed. For an EventSource that reconnects `retrying` is true. */
export interface ErrorObservation extends Common {
  readonly kind: 'error';
  readonly of: Seq;
  readonly message: string;
  readonly retrying: boolean;
}

/** A WebSocket: `connecting` names the connection by its own `seq` (and `of` is the same); `open` follows with `of`. */
export interface SocketOpenObservation extends Common {
  readonly kind: 'socket-open';
  readonly of: Seq;
  readonly phase: 'connecting' | 'open';
  readonly url: string;
  /**
   * Protocols asked for while connecting, the one agreed once open ('' = none). What is no known name may be a token:
   * of it only the length N is kept, as `***(N)`.
   */
  readonly protocols: readonly string[];
}

export interface FrameObservation extends Common {
  readonly kind: 'frame';
  readonly of: Seq;
  readonly direction: 'in' | 'out';
  readonly payload: Payload;
  /** The socket was closing or closed: the browser dropped what the page sent. */
  readonly dropped?: true;
}

export interface SocketCloseObservation extends Common {
  readonly kind: 'socket-close';
  readonly of: Seq;
  readonly code: number;
  readonly reason: string;
  readonly clean: boolean;
}

/** One event of an EventSource: the browser gives data, type and id, not the bytes. */
export interface StreamEventObservation extends Common {
  readonly kind: 'stream-event';
  readonly of: Seq;
  readonly event: string;
  readonly id: string;
  readonly payload: Payload;
}

/**
 * Who could not keep or take them. `ring`, `recorder`, `panel`: there was no room. `frame-gone`: the frame ended before
 * it could say them. `file`: the file says that its writer had lost them. `malformed`: what came had not the shape of an
 * observation.
 */
export type GapReason = 'ring' | 'recorder' | 'panel' | 'frame-gone' | 'file' | 'malformed';

/** Observations `from` … `to` of this document are lost. Its own `seq` is `to`. */
export interface GapObservation extends Common {
  readonly kind: 'gap';
  readonly from: Seq;
  readonly to: Seq;
  /** How many are lost: `to - from + 1` where both are known, 0 where nobody knows whether and how many. */
  readonly count: number;
  readonly reason: GapReason;
}

/** An uncaught exception of the page, beside the observation that was being delivered. */
export interface PageErrorObservation extends Common {
  readonly kind: 'page-error';
  readonly message: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** The observation whose handlers were running, or null. */
  readonly during: Seq | null;
}

/** A person's flag on an observation, with what they wrote. */
export interface AnnotationObservation extends Common {
  readonly kind: 'annotation';
  readonly of: Seq;
  /** Which of the events that the observation carries, from 0; the first where it is left out. */
  readonly event?: number;
  readonly text: string;
}

/** Traffic that the inspector itself played; reserved for rehearsal. */
export interface PlayedObservation extends Common {
  readonly kind: 'played';
  readonly of: Seq;
}

export type Observation =
  | DocumentObservation
  | RequestObservation
  | ResponseObservation
  | ServedObservation
  | BodyObservation
  | ChunkObservation
  | EndObservation
  | AbortObservation
  | ErrorObservation
  | SocketOpenObservation
  | FrameObservation
  | SocketCloseObservation
  | StreamEventObservation
  | GapObservation
  | PageErrorObservation
  | AnnotationObservation
  | PlayedObservation;

export type ObservationKind = Observation['kind'];

type Unstamped<T> = T extends Observation ? Omit<T, 'documentId' | 'frame' | 'source' | 'origin'> : never;
/** An observation without what is said once for many, by those who know it: document, frame, source and origin. */
export type UnstampedObservation = Unstamped<Observation>;
