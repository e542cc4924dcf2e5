import type { Scenario } from '../script.ts';
import { connectsTo, says, server, visitorSays } from './words.ts';

/** The connection is cut in the middle of a conversation. Where a client can take it up again, it goes on. */
export const brokenOff: Scenario = {
  name: 'broken-off',
  title: 'A connection that is cut',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', 'Can you hear me?')),
    // The answer shows that all has been read: a browser may drop what it had not yet when the cut came.
    ...visitorSays('Yes, quite well.'),
    { by: 'server', kind: 'cut' },
    { ...server(says('maren', 'There you are again.')), on: ['xhr', 'fetch', 'sse'] },
  ],
};
