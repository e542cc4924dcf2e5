import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownLines, shownText } from './shown-text.ts';

const RLO = '\u202e';

describe('captured text that is shown', () => {
  it.each([
    ['a terminal’s escape', '\u001b[2J\u0007\u009b', '\\u{1B}[2J\\u{7}\\u{9B}'],
    ['line ends and tabs', 'a\r\nb\tc\u2028\u2029\u0085', 'a\\r\\nb\\tc\\u{2028}\\u{2029}\\u{85}'],
    ['DEL and soft hyphen', '\u007f\u00ad', '\\u{7F}\\u{AD}'],
    ['text that turns round', `${RLO}0 errors\u2069\u200f`, '\\u{202E}0 errors\\u{2069}\\u{200F}'],
    ['the Arabic letter mark', '\u061c', '\\u{61C}'],
    [
      'zero width',
      'ad\u200bmi\u200cn\u200d\u2060\ufeff',
      'ad\\u{200B}mi\\u{200C}n\\u{200D}\\u{2060}\\u{FEFF}',
    ],
    ['tags', 'ok\u{e0065}\u{e0076}', 'ok\\u{E0065}\\u{E0076}'],
    ['blank letters', '\u3164\u115f\u1160\uffa0\u2800', '\\u{3164}\\u{115F}\\u{1160}\\u{FFA0}\\u{2800}'],
    ['half a surrogate pair', 'a\ud83db\ude00', 'a\\u{D83D}b\\u{DE00}'],
    ['noncharacters', '\uffff\ufdd0\u{10ffff}', '\\u{FFFF}\\u{FDD0}\\u{10FFFF}'],
    ['a selector where it selects nothing', 'a\ufe0f1\ufe0f\u{e0100}', 'a\\u{FE0F}1\\u{FE0F}\\u{E0100}'],
    ['data behind an emoji', '😀\ufe0f\ufe01\u{e0150}', '😀\ufe0f\\u{FE01}\\u{E0150}'],
    [
      'tags behind a flag that is none',
      '\u{1f3f4}\u{e0068}\u{e0069}\u{e007f}',
      '🏴\\u{E0068}\\u{E0069}\\u{E007F}',
    ],
    ['a joiner behind an emoji that nothing follows', '😀\u200d', '😀\\u{200D}'],
  ])('shows %s', (_, text, shown) => {
    expect(shownText(text)).toBe(shown);
  });

  it.each([
    'Grüße aus Köln, 3 × 7 = 21 €',
    'שלום, مرحبا, नमस्ते, 你好, こんにちは',
    'an ideographic\u3000and a no-break\u00a0space',
    '👩🏽‍🚀 👨‍👩‍👧 🏳️‍🌈 🏴‍☠️ 🇩🇪 ❤️ ☎︎ 1️⃣',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'می\u200cخواهم and ක්\u200dෂ',
    '葛\u{e0100}城',
    'ᠠ\u180bᠠ',
    '{"escaped":"\\u202e"}',
  ])('leaves ordinary text as it is: %s', (text) => {
    expect(shownText(text)).toBe(text);
    expect(shownLines(text)).toBe(text);
  });

  it('keeps line breaks and tabs where the place has room for lines, and nothing else', () => {
    expect(shownLines('a\n\tb\r\nc\rd\u2028e\u001b')).toBe('a\n\tb\r\nc\\rd\\u{2028}e\\u{1B}');
  });

  /** Every character that may hide, control or reorder, among letters and emoji. */
  const hidden = fc.oneof(
    fc.integer({ min: 0, max: 0x1f }),
    fc.integer({ min: 0x7f, max: 0x9f }),
    fc.integer({ min: 0x200b, max: 0x200f }),
    fc.integer({ min: 0x2028, max: 0x202e }),
    fc.integer({ min: 0x2060, max: 0x206f }),
    fc.integer({ min: 0xe0000, max: 0xe0fff }),
    fc.integer({ min: 0xfe00, max: 0xfe0f }),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.constantFrom(
      0xad,
      0x34f,
      0x61c,
      0x115f,
      0x1160,
      0x17b4,
      0x180e,
      0x2800,
      0x3164,
      0xfeff,
      0xffa0,
      0xfff9,
    ),
  );
  const character = fc.oneof(
    hidden.map((code) => String.fromCodePoint(code)),
    fc.constantFrom('a', '1', '#', '葛', 'ا', 'क', '😀', '👩', '🏽', '\u{1f3f4}', '❤'),
  );
  const hostile = fc.array(character, { maxLength: 30 }).map((parts) => parts.join(''));

  it('holds nothing that a terminal obeys, that reorders or that ends a line, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const shown = shownText(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u);
        expect(shown).not.toMatch(/[\u200b\u2060-\u2064\ufeff\u3164\u115f\u{e0000}-\u{e001f}]/u);
        // What is left of joiners and selectors stands behind what it belongs to.
        expect(shown).not.toMatch(
          /(?:^|[\x20-\x22\x24-\x7e])[\p{Join_Control}\p{Variation_Selector}](?!\u20e3)/u,
        );
        expect(shown).not.toMatch(
          /[\p{Join_Control}\p{Variation_Selector}]{2}(?!\p{Extended_Pictographic})/u,
        );
      }),
    );
  });

  it('keeps everything that can be seen, in its order, and changes nothing a second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = shownText(text);
        const seen = (whole: string) => [...whole.matchAll(/[a葛اक😀👩❤]/gu)].join('');
        expect(seen(shown.replaceAll(/\\u\{[0-9A-F]+\}/g, ''))).toBe(seen(text));
        expect(shownText(shown)).toBe(shown);
      }),
    );
  });

  it('differs from another text where what it hides differs', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        if (one !== other) expect(shownText(one)).not.toBe(shownText(other));
      }),
    );
  });
});
