import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from './rules.ts';
import { rulesDocument } from './rules-document.ts';
import { sentence } from './sentence.ts';

describe('rules', () => {
  test('have ids of their own, by family', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    for (const rule of rules)
      expect(rule.id).toMatch(/^(schema|lifecycle|order|transport|client|privacy)\/[a-z-]+$/);
  });

  test('are no errors where they are inferred', () => {
    expect(rules.filter((rule) => rule.evidence === 'inferred' && rule.severity === 'error')).toEqual([]);
  });

  test('are documented: npm run docs:rules was run', () => {
    expect(readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesDocument());
  });
});

describe('sentence', () => {
  test('leaves out what is in brackets where a parameter is not given', () => {
    expect(sentence({ rule: 'schema/unknown-event', params: { event: 'x' } })).toBe('Unknown event "x"');
    expect(sentence({ rule: 'schema/unknown-event', params: { event: 'x', nearest: 'y' } })).toBe(
      'Unknown event "x"; did you mean "y"?',
    );
  });

  test('takes parameters as text, whatever is in them', () => {
    expect(sentence({ rule: 'schema/unknown-event', params: { event: '[{nearest}] $& <b>' } })).toBe(
      'Unknown event "[{nearest}] $& <b>"',
    );
  });
});
