/** Names and ids come in upper and in lower case. */

const LAST_ASCII = 0x7f;
const LETTER_A = 0x61;
const LETTER_Z = 0x7a;

/** True for texts that differ in nothing but case. Two of them mostly differ in their first characters. */
export function sameInAnyCase(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) {
    const here = one.charCodeAt(at);
    const there = other.charCodeAt(at);
    if (here === there) continue;
    if (here > LAST_ASCII || there > LAST_ASCII) return one.toLowerCase() === other.toLowerCase();
    // Upper and lower case of a letter are one bit apart.
    const letter = here | 0x20;
    if (letter !== (there | 0x20) || letter < LETTER_A || letter > LETTER_Z) return false;
  }
  return true;
}
