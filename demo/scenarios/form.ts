import type { Scenario } from '../script.ts';
import { connectsTo, ended, formShown, left, says, server, visitorAnswersForm } from './words.ts';

/** The agent asks by forms, a named one and a free text one, and the visitor answers both. */
export const form: Scenario = {
  name: 'form',
  title: 'Forms, shown and answered',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', 'Please fill in this form.')),
    server(formShown('1', 'return-request')),
    visitorAnswersForm({ order_number: '4711-0815', reason: 'Too large' }),
    server(says('maren', 'And in your own words?')),
    server(formShown('2', '')),
    visitorAnswersForm({ text: 'The sleeves are two sizes too long.' }),
    server(says('maren', 'Thank you, the label is on its way.')),
    server(left('maren')),
    server(ended),
  ],
};
