import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chosenIn,
  SEVERITY_CHOICE,
  showsRequests,
  TOPIC_CHOICE,
  withChosen,
  withRequests,
} from './kind-text.ts';

const chosen = (...values: string[]) => new Set(values);

describe('kinds in the filter', () => {
  test('one is a part, several are a part in brackets', () => {
    const one = withChosen('refund', TOPIC_CHOICE, chosen('message'));
    expect(one).toBe('refund kind:message');
    const two = withChosen(one, TOPIC_CHOICE, chosen('typing', 'message'));
    expect(two).toBe('refund (kind:message or kind:typing)');
    expect(chosenIn(two, TOPIC_CHOICE)).toEqual(chosen('message', 'typing'));
    expect(withChosen(two, TOPIC_CHOICE, chosen())).toBe('refund');
    expect(withChosen('', SEVERITY_CHOICE, chosen('error'))).toBe('has:error');
  });

  test('hold for all of what was typed', () => {
    expect(withChosen('a or b', TOPIC_CHOICE, chosen('form'))).toBe('(a or b) kind:form');
    expect(withRequests('a or b', false)).toBe('(a or b) -kind:request');
  });

  test('what a person typed otherwise is no choice, and stays', () => {
    for (const typed of [
      'kind:messages',
      'kind:gap',
      '-kind:message',
      '(kind:message or refund)',
      'kind:"message"',
    ]) {
      expect(chosenIn(typed, TOPIC_CHOICE)).toEqual(chosen());
      expect(withChosen(typed, TOPIC_CHOICE, chosen('party'))).toContain(typed);
    }
  });

  test('requests are shown unless they are left out', () => {
    expect(showsRequests('refund')).toBe(true);
    const without = withRequests('refund', false);
    expect(showsRequests(without)).toBe(false);
    expect(withRequests(without, true)).toBe('refund');
  });

  test('any choice is read as it was written, beside any other part', () => {
    const values = fc.subarray([...TOPIC_CHOICE.values]);
    const rest = fc.constantFrom(
      '',
      'refund',
      'a or b',
      '(a or b)',
      'has:error',
      '-kind:request',
      'session:A',
    );
    fc.assert(
      fc.property(rest, values, values, (text, first, second) => {
        const once = withChosen(text, TOPIC_CHOICE, new Set(first));
        const twice = withChosen(once, TOPIC_CHOICE, new Set(second));
        expect(chosenIn(twice, TOPIC_CHOICE)).toEqual(new Set(second));
        expect(twice).toBe(
          withChosen(
            first.length > 0 ? withChosen(once, TOPIC_CHOICE, chosen()) : text,
            TOPIC_CHOICE,
            new Set(second),
          ),
        );
      }),
    );
  });
});
