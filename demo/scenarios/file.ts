import type { Scenario } from '../script.ts';
import { connectsTo, ended, fileFrom, left, says, server, visitorSays, visitorUploads } from './words.ts';

/** Files both ways: the agent sends a picture and a text, the visitor fetches the last and sends one. */
export const file: Scenario = {
  name: 'file',
  title: 'Files both ways',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', 'Here are the colours, and how to care for them.')),
    server(fileFrom('maren', 'care-guide.txt', 'attachment')),
    server(fileFrom('maren', 'colours.png', 'image')),
    { by: 'visitor', action: { do: 'download' }, awaits: null, answeredBy: [] },
    visitorUploads('receipt.txt', 'text/plain', 'One raincoat, teal: 89.00 €\n'),
    server(says('maren', 'Thank you for the receipt.')),
    ...visitorSays('Then that is all, good-bye.'),
    server(left('maren')),
    server(ended),
  ],
};
