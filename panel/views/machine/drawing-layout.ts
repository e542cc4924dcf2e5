/**
 * Where the lines of the drawing run. States have their places from the model; a line between two of them is an arc
 * that bends just as far as it must to pass by the others.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly id: string;
  readonly width: number;
}

export const BOX = { width: 112, height: 40 } as const;
const COLUMN = 158;
const ROW = 74;
const MARGIN = 30;

/** Centre of a place of the unit grid. */
export function placed(id: string, at: readonly [column: number, row: number]): Box {
  const { width, height } = BOX;
  return { id, x: MARGIN + width / 2 + at[0] * COLUMN, y: MARGIN + height / 2 + at[1] * ROW, width };
}

export function sizeOf(boxes: readonly Box[]): { readonly width: number; readonly height: number } {
  return {
    width: Math.max(0, ...boxes.map((box) => box.x)) + BOX.width / 2 + MARGIN,
    height: Math.max(0, ...boxes.map((box) => box.y)) + BOX.height / 2 + MARGIN,
  };
}

/** What a drawing in tiers is wide, and how far its tiers are apart, from centre to centre. */
export const TIERED_WIDTH = 400;
const TIER = 104;
/** Of rows that one tier has more than one of. */
const TIER_ROW = 60;
const MOST_IN_ROW = 5;
const GAP = 20;

/**
 * The states from above to below, for a narrow panel: what comes before the conversation, the conversation, the ends, and
 * what the model does not have. Each tier shares the width.
 */
export function tiered(tiers: readonly (readonly string[])[]): readonly Box[] {
  const boxes: Box[] = [];
  let y = BOX.height / 2 + 24;
  for (const tier of tiers) {
    if (tier.length === 0) continue;
    for (let from = 0; from < tier.length; from += MOST_IN_ROW) {
      const row = tier.slice(from, from + MOST_IN_ROW);
      const width = Math.min(84, (TIERED_WIDTH - 2 - GAP * (row.length - 1)) / row.length);
      const step = row.length === 1 ? 0 : (TIERED_WIDTH - 2 - width) / (row.length - 1);
      for (const [at, id] of row.entries()) {
        // One alone stands right of the middle, where there is room for lines on both sides.
        const x = row.length === 1 ? TIERED_WIDTH * 0.64 : 1 + width / 2 + at * step;
        boxes.push({ id, x, y, width });
      }
      if (from + MOST_IN_ROW < tier.length) y += TIER_ROW;
    }
    y += TIER;
  }
  return boxes;
}

export interface Arc {
  /** From border to border. */
  readonly points: readonly Point[];
  readonly middle: Point;
}

const SAMPLES = 40;
/** How far an arc is bent, in pixels, tried in this order; the first that meets no other state is taken. */
const BENDS = [14, -14, 40, -40, 70, -70, 105, -105, 150, -150];
/** What an arc keeps off other states. */
const CLEARANCE = 5;

/** The line from one state to another. Both directions bend to their own right, so that they do not cover each other. */
export function arc(from: Box, to: Box, all: readonly Box[]): Arc {
  if (from.id === to.id) return loop(from);
  const others = all.filter((box) => box.id !== from.id && box.id !== to.id);
  let best: { points: Point[]; hits: number } | null = null;
  for (const bend of BENDS) {
    const points = curve(from, to, bend);
    const hits = points.filter((point) => others.some((box) => inside(point, box, CLEARANCE))).length;
    if (best === null || hits < best.hits) best = { points, hits };
    if (hits === 0) break;
  }
  const points = (best?.points ?? []).filter((point) => !inside(point, from, 0) && !inside(point, to, 2));
  return { points, middle: points[Math.floor(points.length / 2)] ?? from };
}

function curve(from: Point, to: Point, bend: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const control = {
    x: (from.x + to.x) / 2 - ((to.y - from.y) / length) * bend * 2,
    y: (from.y + to.y) / 2 + ((to.x - from.x) / length) * bend * 2,
  };
  return Array.from({ length: SAMPLES + 1 }, (_, sample) => {
    const t = sample / SAMPLES;
    const a = (1 - t) * (1 - t);
    const b = 2 * (1 - t) * t;
    const c = t * t;
    return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y };
  });
}

/** A state that was reported again: a small ring above its box. */
function loop(box: Box): Arc {
  const top = box.y - BOX.height / 2;
  const points = Array.from({ length: 21 }, (_, sample) => {
    const angle = Math.PI * (1 - sample / 20);
    return { x: box.x + 30 + Math.cos(angle) * 13, y: top - Math.sin(angle) * 20 };
  });
  return { points, middle: { x: box.x + 30, y: top - 20 } };
}

function inside(point: Point, box: Box, clearance: number): boolean {
  return (
    Math.abs(point.x - box.x) < box.width / 2 + clearance &&
    Math.abs(point.y - box.y) < BOX.height / 2 + clearance
  );
}

/** SVG path of an arc. */
export function pathOf({ points }: Arc): string {
  return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** SVG path of the arrowhead at an arc's end. */
export function headOf({ points }: Arc): string {
  const tip = points.at(-1);
  const before = points.at(-3) ?? points[0];
  if (!tip || !before) return '';
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const corner = (turn: number) =>
    `${(tip.x - Math.cos(angle + turn) * 8).toFixed(1)} ${(tip.y - Math.sin(angle + turn) * 8).toFixed(1)}`;
  return `M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${corner(0.42)}L${corner(-0.42)}Z`;
}
