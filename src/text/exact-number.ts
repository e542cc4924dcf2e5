/** Numbers of JSON that no double holds as they were written: `9007199254740993`, `1.0`, `1e400`. */
export class ExactNumber {
  /** As it came, in JSON's notation. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Its exact value in one notation, the one that JavaScript has for numbers: equal values have equal texts. */
  get canonical(): string {
    return canonicalNumber(this.text);
  }

  /** The nearest finite double. */
  get nearest(): number {
    const number = Number(this.text);
    return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, number));
  }

  toString(): string {
    return this.text;
  }
}

/** True where a double has the number as it is written. */
export function isExact(text: string): boolean {
  return String(Number(text)) === text;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** As JavaScript lays numbers out: with an exponent from 1e21 on and below 1e-6. */
function canonicalNumber(text: string): string {
  const parts = NUMBER.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const all = whole + fraction;
  const start = leadingZeros(all);
  const end = all.length - trailingZeros(all, start);
  if (start >= end) return '0';
  const digits = all.slice(start, end);
  // How many digits stand before the point. Exponents are as long as they like.
  const point =
    BigInt(whole.length - start) +
    BigInt(power.length > LONGEST_POWER ? power.slice(0, LONGEST_POWER) : power);
  return sign + layOut(digits, point);
}

/** More digits of an exponent are nobody's number, and compared by the first of them. */
const LONGEST_POWER = 1_000;

function layOut(digits: string, point: bigint): string {
  if (point > 0n && point <= 21n) {
    const before = Number(point);
    if (digits.length <= before) return digits.padEnd(before, '0');
    return `${digits.slice(0, before)}.${digits.slice(before)}`;
  }
  if (point > -6n && point <= 0n) return `0.${'0'.repeat(Number(-point))}${digits}`;
  const exponent = point - 1n;
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${mantissa}e${exponent < 0n ? '' : '+'}${exponent}`;
}

function leadingZeros(digits: string): number {
  let at = 0;
  while (at < digits.length && digits.charCodeAt(at) === 0x30) at += 1;
  return at;
}

function trailingZeros(digits: string, until: number): number {
  let at = digits.length;
  while (at > until && digits.charCodeAt(at - 1) === 0x30) at -= 1;
  return digits.length - at;
}
