import type { Scenario } from '../script.ts';
import {
  connectsTo,
  ended,
  fileFrom,
  formShown,
  inactivityTimeout,
  left,
  notTyping,
  says,
  server,
  signalFrom,
  timeoutWarning,
  typing,
  visitorAnswersForm,
} from './words.ts';

/** Each of the twelve documented server events, in an order that they may have. */
export const allEvents: Scenario = {
  name: 'all-events',
  title: 'Each of the server’s events',
  steps: [
    ...connectsTo('maren'),
    server(typing('maren')),
    server(notTyping('maren')),
    server(says('maren', 'I need a few words from you.')),
    server(formShown('1', 'order-details')),
    visitorAnswersForm({ order_number: '4711-0815', town: 'Harbour' }),
    server(fileFrom('maren', 'care-guide.txt', 'attachment')),
    server(signalFrom('maren', { type: 'END_CALL' })),
    server(left('maren')),
    server(timeoutWarning),
    // Together, since a client that takes the timeout for the end does not ask again.
    server(inactivityTimeout, ended),
  ],
};
