/** How numbers, times, sizes and names are written on the screen. */

const grouped = new Intl.NumberFormat('en-US');

/** What a file says it counted may be any number; beyond this one nobody reads it as a count. */
const MOST = 999_999_999_999;

/** 1204 as "1,204"; what is no count as "0", what is absurd as "999,999,999,999+". */
export function count(value: number): string {
  if (!(value > 0)) return '0';
  return value > MOST ? `${grouped.format(MOST)}+` : grouped.format(value);
}

/** "1 event", "1,204 events". */
export function counted(value: number, singular: string, plural: string = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** Local time to the second: "14:05:09". Empty for what is no time. */
export function clock(wallTime: number): string {
  const date = new Date(wallTime);
  if (Number.isNaN(date.getTime())) return '';
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The milliseconds that follow `clock`: ".007". */
export function milliseconds(wallTime: number): string {
  const date = new Date(wallTime);
  if (Number.isNaN(date.getTime())) return '';
  return `.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A size in bytes: "312 B", "4.1 kB", "20 MB". */
export function bytes(size: number): string {
  if (!(size >= 0)) return '';
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${short(size / 1000)} kB`;
  return `${short(Math.min(size, MOST) / 1_000_000)} MB`;
}

/** A duration in milliseconds: "12 ms", "4.2 s", "2 min 5 s", "1 h 4 min". */
export function duration(ms: number): string {
  if (!(ms >= 0 && ms <= MOST * 1000)) return '';
  if (ms < 1) return '< 1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${short(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

function short(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** A JSON path as a person writes it: "events[2].data.sdp"; "(whole)" for the root. */
export function jsonPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return '(whole)';
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** The part of an id that tells sessions apart at a glance: the start of a chat id, the end of a connection's address. */
export function shortId(id: string): string {
  if (id.includes('://')) return id.slice(id.lastIndexOf('/') + 1).slice(-12) || id.slice(-12);
  return id.length <= 9 ? id : id.slice(0, 8);
}

/** A hue from 0 to 359 by a session's letter: neighbours in order of appearance are far apart, and no two are the same. */
export function hueOf(letter: string): number {
  let ordinal = 0;
  for (const char of letter.slice(0, 6)) ordinal = ordinal * 26 + char.charCodeAt(0) - 64;
  // Steps of the golden angle; A is blue.
  return Math.round((255 + (ordinal - 1) * 137.508) % 360);
}

/** A session as people name it: its letter, and the part of its id that tells it from others. */
export function sessionName(letter: string | null, id: string): string {
  return letter === null ? shortId(id) : `${letter} ${shortId(id)}`;
}

/** How long a line says that a pause was, in pixels up to 40: by its logarithm from 0.1 s to 10 minutes. */
export function pauseLength(ms: number): number {
  return Math.round(Math.min(40, Math.max(0, (Math.log10(ms) - 2) * 10.6)));
}
