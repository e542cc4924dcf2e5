/** Values as a person reads them. */
import { shownText } from './shown-text.ts';

const LINE = 160;

/** One line: white space folded, what is hidden written out, cut at a length. Markup stays as the text it is. */
export function shortened(text: string, length = LINE): string {
  const head = text.length > length * 4 ? text.slice(0, length * 4) : text;
  const line = CLEAN.test(head) ? head : shownText(head.replace(FOLDED, ' ').trim());
  if (line.length <= length) return head.length < text.length ? `${line}…` : line;
  return `${line.slice(0, length - 1)}…`;
}

/** Printable ASCII without white space to fold, as nearly all is. */
const CLEAN = /^(?:[!-~]+(?: [!-~]+)*)?$/;
/** Of what a script calls white space the zero width one is left: it is no space to see. */
const FOLDED = /[^\S\ufeff]+/g;

/** Seconds as a rough duration ("2 min"); '' for what is no number of seconds. */
export function waitInWords(seconds: string): string {
  if (!/^\d{1,9}$/.test(seconds)) return '';
  const value = Number(seconds);
  if (value === 0) return '';
  return durationInWords(value);
}

export function durationInWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}

/** Milliseconds as an offset from a start: "+1:02.345". */
export function offsetInWords(milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '+';
  const whole = Math.round(Math.abs(milliseconds));
  const minutes = Math.floor(whole / 60_000);
  const seconds = (whole % 60_000) / 1000;
  return `${sign}${minutes}:${seconds.toFixed(3).padStart(6, '0')}`;
}
