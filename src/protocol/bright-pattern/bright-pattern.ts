/** The Bright Pattern chat API ("Mobile/Web Messaging API", v1 and v2) as a chat protocol. */
import type { ChatProtocol } from '../chat-protocol.ts';
import { wireTime } from '../timestamp.ts';
import { requestIssues } from './authorization.ts';
import { bodies, bodyFields, bodyIssues, errorBody } from './body.ts';
import { bodyReaders, errorMeaning } from './body-fields.ts';
import { PROTOCOL_ID } from './call.ts';
import { endpoint } from './endpoint.ts';
import { errorCodes } from './error-code.ts';
import { fields, paths } from './event-fields.ts';
import { summaryOf } from './event-summary.ts';
import { beginsLikeEvent, eventType, NAME_BEGINNINGS } from './event-type.ts';
import { declarationOf, eventIssues } from './event-validation.ts';
import { events } from './events.ts';
import { partyKinds } from './party-kind.ts';
import { publicWords } from './public-words.ts';
import { ruleWords } from './rule-words.ts';
import { sessionModel } from './session-model.ts';

const codes = new Map(errorCodes.map((each) => [each.code, each]));

export const brightPattern: ChatProtocol = {
  id: PROTOCOL_ID,
  title: 'Bright Pattern chat API',
  namePrefix: 'chat_session_',
  events,
  errorCodes,
  model: sessionModel,
  goneState: 'gone',
  envelope: { type: 'event', list: 'events', time: 'timestamp' },
  pairing: null,
  parties: partyKinds,
  fields,
  paths,
  bodies: bodyReaders,
  ruleWords,
  endpoint,
  eventType,
  nameBeginnings: NAME_BEGINNINGS,
  beginsLikeEvent,
  summary: summaryOf,
  declaration: declarationOf,
  validateEvent: eventIssues,
  validateBody: (operation, role, body) => bodyIssues(operation.id, role, body),
  bodyFields: (operation, role) => bodyFields(operation.id, role),
  validateRequest: requestIssues,
  publicWords,
  declaredBodies: () => [...bodies.flatMap((each) => each.fields), ...errorBody],
  timestamp: wireTime,
  errorCode: (code) => codes.get(code),
  errorMeaning,
};
