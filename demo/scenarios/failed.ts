import type { Scenario } from '../script.ts';
import { arrives, says, server, status } from './words.ts';

/** No agent is found, and the session fails in the queue. */
export const failed: Scenario = {
  name: 'failed',
  title: 'A session that fails',
  steps: [
    arrives,
    server(status('queued', '300')),
    server(says('greeter', 'Please wait for the next available agent')),
    server(status('queued', '540')),
    server(status('failed')),
  ],
};
