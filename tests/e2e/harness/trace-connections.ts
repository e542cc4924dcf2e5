import type { Observation, Payload } from '../../../src/observation/observation.ts';
import { binaryMessage, type Connection, FORM, GIVEN_UP, streamEvent, textMessage } from './conversation.ts';

/** A connection while its observations are read. */
interface Draft {
  readonly kind: Connection['kind'];
  readonly target: string;
  readonly sent: string[];
  readonly received: string[];
  status: number | null;
  answer: string | null;
  /** The page gave it up, or it broke off. */
  broken: boolean;
}

/** The connections of a captured trace, in the order in which they began. */
export function traceConnections(observations: readonly Observation[]): Connection[] {
  const drafts = new Map<string, Draft>();
  const late = new LateBytes(observations);
  for (const observation of observations) note(observation, drafts, late);
  return [...drafts.values()].map(finished);
}

function note(observation: Observation, drafts: Map<string, Draft>, late: LateBytes): void {
  const { documentId, seq } = observation;
  const draftOf = (of: number) => drafts.get(`${documentId} ${of}`);
  const begin = (kind: Draft['kind'], target: string, sent: string[]) =>
    drafts.set(`${documentId} ${seq}`, {
      kind,
      target,
      sent,
      received: [],
      status: null,
      answer: null,
      broken: false,
    });
  switch (observation.kind) {
    case 'request': {
      const body = observation.body && late.bytes(observation, observation.body);
      if (observation.transport === 'eventsource') begin('sse', observation.url, []);
      else begin('http', `${observation.method} ${observation.url}`, body ? [asBody(body)] : []);
      return;
    }
    case 'response': {
      const draft = draftOf(observation.of);
      if (draft) draft.status = observation.status;
      return;
    }
    case 'body': {
      const draft = draftOf(observation.of);
      if (draft && observation.role === 'answer') draft.answer = asBody(observation.payload);
      return;
    }
    case 'chunk': {
      const draft = draftOf(observation.of);
      if (draft) draft.answer = (draft.answer ?? textMessage('')) + observation.payload.data;
      return;
    }
    case 'abort':
    case 'error': {
      const draft = draftOf(observation.of);
      if (draft) draft.broken = true;
      return;
    }
    case 'socket-open':
      if (observation.phase === 'connecting') begin('websocket', observation.url, []);
      return;
    case 'frame': {
      const draft = draftOf(observation.of);
      const payload = asFrame(late.bytes(observation, observation.payload));
      (observation.direction === 'in' ? draft?.received : draft?.sent)?.push(payload);
      return;
    }
    case 'stream-event': {
      const { event, id, payload } = observation;
      draftOf(observation.of)?.received.push(streamEvent(event, id, payload.data));
      return;
    }
    default:
      return;
  }
}

/** An answer without its body, or without its head, is one that was given up; so is a part of one. */
function finished({ kind, target, sent, received, status, answer, broken }: Draft): Connection {
  if (kind !== 'http') return { kind, target, sent, received };
  const whole = broken || status === null || answer === null ? GIVEN_UP : `${status} ${answer}`;
  return { kind, target, sent, received: [whole] };
}

/** Bytes that the browser gives only later stand in an observation of their own that names the first. */
class LateBytes {
  readonly #byName = new Map<string, Payload>();

  constructor(observations: readonly Observation[]) {
    for (const observation of observations) {
      if (observation.kind !== 'body' || observation.role === 'answer') continue;
      this.#byName.set(`${observation.documentId} ${observation.of}`, observation.payload);
    }
  }

  bytes({ documentId, seq }: Observation, payload: Payload): Payload {
    if (payload.encoding !== 'later') return payload;
    return this.#byName.get(`${documentId} ${seq}`) ?? payload;
  }
}

function asFrame(payload: Payload): string {
  return payload.encoding === 'base64' ? binaryMessage(payload.data) : textMessage(payload.data);
}

/** A body is compared as text: what the browser gave as bytes is read as the server's ledger reads it. */
function asBody(payload: Payload): string {
  if (payload.note === 'form-data') return FORM;
  if (payload.encoding !== 'base64') return textMessage(payload.data);
  return textMessage(new TextDecoder().decode(Buffer.from(payload.data, 'base64')));
}
