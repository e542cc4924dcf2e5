import type { Scenario } from '../script.ts';
import { connectsTo, ended, inactivityTimeout, says, server, timeoutWarning, visitorSays } from './words.ts';

/** The visitor falls silent: a warning, the timeout, the end. */
export const inactivity: Scenario = {
  name: 'inactivity',
  title: 'An inactivity timeout',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', 'Which size do you need?')),
    ...visitorSays('One moment, I will measure.'),
    server(says('maren', 'Take your time.')),
    server(timeoutWarning),
    server(inactivityTimeout, ended),
  ],
};
