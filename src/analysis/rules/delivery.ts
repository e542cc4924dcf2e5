/** What the visitor said and nobody was given. */
import { shortened } from '../../text/humanize.ts';
import { fateInWords } from '../api/fate.ts';
import type { Check } from '../state/moments.ts';

export const deliveryChecks: readonly Check[] = [
  {
    rule: 'transport/not-delivered',
    of: 'message lost',
    judge: ({ message: { row, words, attempt }, way, attempts }) => ({
      severity: 'error',
      evidence: 'observed',
      row,
      exchange: null,
      params: {
        reason: fateInWords({ ...way, attempts: [] }),
        ...(words === '' ? {} : { text: shortened(words) }),
        ...(attempt > 1 ? { attempts: attempt } : {}),
      },
      related: [...attempts, ...(way.row === null ? [] : [way.row])].filter((each) => each !== row),
    }),
  },
];
