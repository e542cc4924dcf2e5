import type { Scenario } from '../script.ts';
import { connectsTo, ended, raw, says, server } from './words.ts';

const HUGE = 20 * 1024 * 1024;
const DEPTH = 10_000;

/** Input that means harm, or might as well: sizes, depths, markup and bytes. */
export const hostile: Scenario = {
  name: 'hostile',
  title: 'Hostile input',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', '<script>document.title = "executed"</script>')),
    server(says('maren', '"><svg onload="document.title = \'executed\'">')),
    server(says('maren', '\u202Egnirts a ni edirrevo\u202C \u0000 \uD800')),
    server({
      ...says('maren', 'Keys of every object'),
      constructor: 'x',
      ['__proto__']: { polluted: 'yes' },
    }),
    raw(
      () => `{"event":"chat_session_message","msg":"${'20 MB '.repeat(Math.ceil(HUGE / 6))}","msg_id":"800"}`,
    ),
    raw(
      () =>
        `{"data":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)},"event":"chat_session_signaling","msg_id":"802"}`,
    ),
    {
      by: 'server',
      kind: 'bytes',
      bytes: () => Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31 + 7) % 256),
    },
    raw('{"events":[{"event":"chat_session_message","msg":"cut off in the mid'),
    server(ended),
  ],
};
