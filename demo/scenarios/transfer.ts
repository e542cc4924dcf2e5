import type { Scenario } from '../script.ts';
import { connectsTo, ended, joined, left, says, server, status, typing, visitorSays } from './words.ts';

/** One agent hands the visitor over to another, by way of the queue. */
export const transfer: Scenario = {
  name: 'transfer',
  title: 'A transfer between two agents',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', 'Hello, this is Maren.')),
    ...visitorSays('I would like to change my invoice address.'),
    server(says('maren', 'My colleague in accounts can do that. One moment, please.')),
    server(left('maren')),
    server(status('queued', '45')),
    server(says('greeter', 'You are being transferred')),
    server(status('connecting')),
    server(status('connected')),
    server(joined('teo')),
    server(typing('teo')),
    server(says('teo', 'Teo here. What is the new address?')),
    ...visitorSays('12 Quay Street, Harbour.'),
    server(says('teo', 'Changed. Good-bye!')),
    server(left('teo')),
    server(ended),
  ],
};
