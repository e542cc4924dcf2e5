/** The payloads that were published: real traffic gives no error, the vendor's synthetic fixture exactly these. */
import { describe, expect, test } from 'vitest';
import { realPayloads, vendorFixture } from '../../tests/fixtures/published.ts';
import { trace } from './testing/trace-builder.ts';

describe('published real payloads', () => {
  test('give no error and no warning', () => {
    expect(trace().requestChat().poll(Object.values(realPayloads)).problems()).toEqual([]);
  });
});

describe("the vendor's fixture", () => {
  test('gives exactly these problems', () => {
    const analysis = trace().poll(vendorFixture).analyse();
    const problems = analysis
      .findings('warning')
      .map(({ seq, rule, path }) => `${seq} ${rule} ${path.join('.')}`.trim());
    expect(problems).toMatchInlineSnapshot(`
      [
        "3 schema/missing-field party_id",
        "3 schema/missing-field timestamp",
        "4 schema/missing-field party_id",
        "4 schema/missing-field timestamp",
        "5 schema/missing-field party_id",
        "5 schema/missing-field ref_msg_id",
        "5 schema/missing-field timestamp",
        "6 schema/missing-field party_id",
        "6 schema/missing-field ref_msg_id",
        "6 schema/missing-field timestamp",
        "14 schema/missing-field msg_id",
        "14 order/time-backwards timestamp",
        "14 lifecycle/after-end",
      ]
    `);
  });
});
