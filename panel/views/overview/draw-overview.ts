/** Draws the overview on a canvas: labelled times, what came and went, sessions by state, problems, what is chosen. */
import { shownText } from '../../../src/text/shown-text.ts';
import { clock, hueOf } from '../../format/format.ts';
import type { Span } from '../../store/listening-spans.ts';
import type { OverviewCounts } from '../../store/overview-counts.ts';
import type { TimeRange } from './range-text.ts';
import type { SessionBand } from './session-bands.ts';
import { labelledTimes, type TimeScale, timeAt, xOf } from './time-scale.ts';

/** Pixels from the top: the times, the line between what came and what went, the first band; of a band; of the marks. */
export const BASE = 38;
export const BANDS = 56;
export const BAND = 18;
export const MARKS = 16;
const BAND_BODY = 12;
const ABOVE = BASE - 16;
const BELOW = BANDS - BASE - 4;
/** A bar with the space behind it. */
const COLUMN = 7;
const LABELS_APART = 110;

export interface OverviewDrawing {
  readonly scale: TimeScale;
  readonly counts: OverviewCounts;
  readonly bands: readonly SessionBand[];
  /** Of each band when somebody listened: a line below it. */
  readonly heard: readonly (readonly Span[])[];
  readonly range: TimeRange | null;
  /** When the chosen row stands. */
  readonly chosen: number | null;
  /** A person's flags. */
  readonly flags: readonly { readonly wallTime: number; readonly number: number }[];
  /** The value of a colour of the theme. */
  readonly colour: (name: string) => string;
}

export function heightFor(bands: number): number {
  return BANDS + bands * BAND + MARKS;
}

/** How many bands find room in a strip of so many pixels. */
export function bandsWithin(pixels: number): number {
  return Math.max(0, Math.floor((pixels - BANDS - MARKS) / BAND));
}

export function drawOverview(paint: CanvasRenderingContext2D, drawing: OverviewDrawing): void {
  const { scale, bands, heard } = drawing;
  const height = heightFor(bands.length);
  paint.clearRect(0, 0, scale.width, height);
  paint.textBaseline = 'middle';
  drawTimes(paint, drawing, height);
  drawColumns(paint, drawing, height);
  for (const [at, band] of bands.entries()) {
    drawBand(paint, drawing, band, BANDS + at * BAND);
    drawHeard(paint, drawing, heard[at] ?? [], BANDS + at * BAND + BAND_BODY + 1);
  }
  drawFlags(paint, drawing, height - MARKS);
  drawRange(paint, drawing, height);
}

function drawTimes(
  paint: CanvasRenderingContext2D,
  { scale, colour }: OverviewDrawing,
  height: number,
): void {
  paint.font = `11px ${colour('--font')}`;
  for (const time of labelledTimes(scale, LABELS_APART)) {
    const x = Math.round(xOf(scale, time));
    paint.fillStyle = colour('--line');
    paint.fillRect(x, 0, 1, height);
    paint.fillStyle = colour('--text-quiet');
    paint.fillText(clock(time), x + 4, 8);
  }
  paint.fillStyle = colour('--line-strong');
  paint.fillRect(0, BASE, scale.width, 1);
}

function drawColumns(
  paint: CanvasRenderingContext2D,
  { scale, counts, bands, colour }: OverviewDrawing,
  height: number,
): void {
  const columns = [];
  for (let x = 0; x < scale.width; x += COLUMN) {
    columns.push({ x, ...counts.between(timeAt(scale, x), timeAt(scale, x + COLUMN)) });
  }
  const most = Math.max(1, ...columns.map(({ in: received, out }) => Math.max(received, out)));
  const tall = (value: number, room: number) => (value === 0 ? 0 : Math.max(2, (value / most) * room));
  const marksAt = BANDS + bands.length * BAND + MARKS / 2;
  for (const { x, in: received, out, errors, warnings, gaps, documents } of columns) {
    paint.fillStyle = colour('--in');
    paint.fillRect(x, BASE - tall(received, ABOVE), COLUMN - 1, tall(received, ABOVE));
    paint.fillStyle = colour('--out');
    paint.fillRect(x, BASE + 1, COLUMN - 1, tall(out, BELOW));
    if (gaps > 0) drawHatch(paint, x, height, colour('--warning-mark'));
    if (documents > 0) drawDashes(paint, x + 3, height, colour('--text-quiet'));
    if (errors > 0) {
      paint.fillStyle = colour('--error');
      paint.beginPath();
      paint.arc(x + 3, marksAt, 4, 0, 2 * Math.PI);
      paint.fill();
    } else if (warnings > 0) {
      paint.fillStyle = colour('--warning-mark');
      paint.beginPath();
      paint.moveTo(x + 3, marksAt - 4);
      paint.lineTo(x + 8, marksAt + 4);
      paint.lineTo(x - 2, marksAt + 4);
      paint.fill();
    }
  }
}

function drawHatch(paint: CanvasRenderingContext2D, x: number, height: number, colour: string): void {
  paint.strokeStyle = colour;
  paint.beginPath();
  for (let y = 14; y < height; y += 6) {
    paint.moveTo(x, y + 5);
    paint.lineTo(x + COLUMN - 1, y);
  }
  paint.stroke();
}

function drawDashes(paint: CanvasRenderingContext2D, x: number, height: number, colour: string): void {
  paint.fillStyle = colour;
  for (let y = 16; y < height; y += 5) paint.fillRect(x, y, 1, 3);
}

function drawBand(
  paint: CanvasRenderingContext2D,
  { scale, colour }: OverviewDrawing,
  { letter, parts }: SessionBand,
  y: number,
): void {
  const hue = hueOf(letter);
  paint.font = `11px ${colour('--font')}`;
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const { from, to, state, ended } of parts) {
    const left = Math.max(Math.round(xOf(scale, from)), drawnTo);
    const right = Math.max(Math.round(xOf(scale, to)), left + (ended ? 6 : 1));
    if (right <= drawnTo) continue;
    drawnTo = right;
    paint.fillStyle = ended
      ? colour('--line-strong')
      : `oklch(${colour('--chip-light')} ${colour('--band-chroma')} ${hue})`;
    paint.fillRect(left, y, right - left - 1, BAND_BODY);
    const room = right - left - 9;
    const word = shownText(state);
    if (room > 20 && word.length < 40 && paint.measureText(word).width <= room) {
      paint.fillStyle = colour('--text');
      paint.fillText(word, left + 4, y + BAND_BODY / 2 + 1);
    }
  }
}

/** Spans that share a pixel are drawn once; what is shorter than one is still seen. */
function drawHeard(
  paint: CanvasRenderingContext2D,
  { scale, colour }: OverviewDrawing,
  spans: readonly Span[],
  y: number,
): void {
  paint.fillStyle = colour('--text-quiet');
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    const left = Math.max(Math.round(xOf(scale, from)), drawnTo);
    const right = Math.max(Math.round(xOf(scale, to)), left + 1);
    if (right <= drawnTo) continue;
    drawnTo = right;
    paint.fillRect(left, y, right - left, 2);
  }
}

/** Flags that would cover one another are drawn as the first of them. */
function drawFlags(
  paint: CanvasRenderingContext2D,
  { scale, flags, colour }: OverviewDrawing,
  y: number,
): void {
  paint.font = `bold 10px ${colour('--font')}`;
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const { wallTime, number } of flags) {
    const word = String(number);
    const wide = paint.measureText(word).width + 8;
    const x = Math.min(Math.round(xOf(scale, wallTime)), scale.width - wide);
    if (x < drawnTo) continue;
    drawnTo = x + wide;
    paint.fillStyle = colour('--mark-ground');
    paint.beginPath();
    paint.roundRect(x, y + 1, wide, 13, [1, 6, 6, 1]);
    paint.fill();
    paint.fillStyle = colour('--mark');
    paint.fillRect(x, y + 1, 1, 13);
    paint.fillText(word, x + 4, y + 8);
  }
}

function drawRange(
  paint: CanvasRenderingContext2D,
  { scale, range, chosen, colour }: OverviewDrawing,
  height: number,
): void {
  if (range !== null) {
    const [left, right] = [xOf(scale, range.from), xOf(scale, range.to)];
    paint.globalAlpha = 0.72;
    paint.fillStyle = colour('--ground-bar');
    paint.fillRect(0, 0, left, height);
    paint.fillRect(right, 0, scale.width - right, height);
    paint.globalAlpha = 1;
    paint.fillStyle = colour('--accent');
    paint.fillRect(left - 1, 0, 2, height);
    paint.fillRect(right - 1, 0, 2, height);
  }
  if (chosen !== null) {
    paint.fillStyle = colour('--accent');
    paint.fillRect(Math.round(xOf(scale, chosen)), 0, 1, height);
  }
}
