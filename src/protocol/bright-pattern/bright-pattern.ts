/** The Bright Pattern chat API ("Mobile/Web Messaging API", v1 and v2) as a chat protocol. */
import type { ChatProtocol } from '../chat-protocol.ts';
import { CHAT_MARKS } from '../marks.ts';
import { wireTime } from '../timestamp.ts';
import { requestIssues } from './authorization.ts';
import { bodyFields, bodyIssues } from './body.ts';
import { endpoint } from './endpoint.ts';
import { errorCodes } from './error-code.ts';
import { canonicalName, declarationOf, eventIssues, eventJudge, knowsEvent } from './event-validation.ts';
import { events } from './events.ts';
import { sessionModel } from './session-model.ts';

const codes = new Map(errorCodes.map((each) => [each.code, each]));

export const brightPattern: ChatProtocol = {
  id: 'bright-pattern',
  title: 'Bright Pattern chat API',
  events,
  errorCodes,
  model: sessionModel,
  endpoint,
  knowsEvent,
  looksLikeEvent: (name) => CHAT_MARKS.some((mark) => name.startsWith(mark)),
  declaration: declarationOf,
  canonicalName,
  validateEvent: eventIssues,
  eventJudge,
  validateBody: bodyIssues,
  bodyFields,
  validateRequest: requestIssues,
  timestamp: wireTime,
  errorCode: (code) => codes.get(code),
};
