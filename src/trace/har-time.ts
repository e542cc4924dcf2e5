/**
 * Times in HAR files, as the programs write them: ISO 8601 text, or numbers of seconds, milliseconds, micro- or
 * nanoseconds since 1970, in digits or as text. What is none of these, or lies in no year in which somebody recorded
 * chats, is no time: nothing may be judged by it.
 */

export interface FileTime {
  /** Unix milliseconds. */
  readonly at: number;
  /** By how many milliseconds the true time may be later: digits that are not written are cut off, not rounded. */
  readonly within: number;
}

/** The time that a value of a HAR file says; null where it says none. */
export function fileTime(value: unknown): FileTime | null {
  const time =
    typeof value === 'number' ? numberTime(value) : typeof value === 'string' ? textTime(value) : null;
  return time !== null && time.at >= FIRST && time.at < LAST ? time : null;
}

/**
 * The times of a socket's or stream's messages as Unix milliseconds; null for each that has none. Monotonic clocks, and
 * times of another year than the exchange's, are none. `start`: of the exchange; null where the file does not say it.
 */
export function messageTimes(values: readonly unknown[], start: number | null): (number | null)[] {
  const times = values.map((value) => fileTime(value)?.at ?? null);
  const near = start ?? times.find((time) => time !== null) ?? 0;
  return times.map((time) => (time !== null && Math.abs(time - near) <= RECORDING ? time : null));
}

/** No HAR is older than 2000: the format is of 2009, and clocks that were never set begin in 1970 or 1980. */
const FIRST = Date.UTC(2000, 0);
const LAST = Date.UTC(2100, 0);

/** Farther apart than this no two times are of one recording, milliseconds. */
export const RECORDING = 366 * 86_400_000;

/** A number has the unit in which it lies between 2000 and 2100: the ranges do not meet. */
const UNITS = [
  { above: 1e17, each: 1e-6 },
  { above: 1e14, each: 1e-3 },
  { above: 1e11, each: 1 },
  { above: 0, each: 1000 },
] as const;

function numberTime(value: number): FileTime | null {
  const each = UNITS.find(({ above }) => value > above)?.each;
  if (each === undefined || !Number.isFinite(value)) return null;
  // A number does not show the zeros at its end: of a fraction that is there, three digits were.
  const digits = Number.isInteger(value) ? 0 : Math.max(3, String(value).split('.')[1]?.length ?? 0);
  return { at: value * each, within: uncertainty(each / 10 ** digits) };
}

/** A clock's fractions beyond a microsecond say nothing more. */
function uncertainty(unit: number): number {
  return unit <= 1e-3 ? 0 : unit - 1e-3;
}

function textTime(text: string): FileTime | null {
  const plain = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(plain)) return numberTime(Number(plain));
  const clock = /\d{1,2}:\d{2}(:\d{2}(?:[.,](\d+))?)?/.exec(plain);
  if (clock === null) return null;
  const at = Date.parse(plain.replace(/(:\d{2}),(\d)/, '$1.$2'));
  if (Number.isNaN(at)) return null;
  const [, seconds, fraction = ''] = clock;
  if (seconds === undefined) return { at, within: uncertainty(60_000) };
  // `Date` keeps three digits.
  const beyond = fraction.length > 3 ? Number(`0.${fraction.slice(3)}`) : 0;
  return { at: at + beyond, within: uncertainty(1000 / 10 ** fraction.length) };
}
