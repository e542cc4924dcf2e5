import type { Scenario } from '../script.ts';
import {
  answered,
  connectsTo,
  ended,
  left,
  notTyping,
  says,
  server,
  typing,
  visitor,
  visitorSays,
} from './words.ts';

/** A conversation as most are: a wait, an agent, words both ways, an end. */
export const ordinary: Scenario = {
  name: 'ordinary',
  title: 'An ordinary conversation',
  steps: [
    ...connectsTo('maren'),
    server(typing('maren')),
    server(says('maren', 'Good morning, this is Maren. What can I do for you?')),
    ...visitorSays('Hello! My parcel was due yesterday.'),
    server(typing('maren')),
    server(notTyping('maren')),
    server(typing('maren')),
    server(says('maren', 'I am sorry to hear that. What is the order number?')),
    answered(visitor({ event: 'chat_session_message', msg: 'It is 4711-0815.' }), typing('maren')),
    server(says('maren', 'Thank you. It left the depot this morning and comes before noon.')),
    ...visitorSays('Great, thanks. Good-bye!'),
    server(says('maren', 'Have a good day!')),
    server(left('maren')),
    server(ended),
  ],
};
