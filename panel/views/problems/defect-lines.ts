/** The lines of the list of problems: groups, in them defects, in those each finding; what is folded has no lines. */
import type { Finding } from '../../../src/analysis/api/analysis.ts';
import type { Defect, DefectGroup } from './defects.ts';

/** Lines of findings below a defect at first. */
const LISTED = 50;

export type ProblemLine =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly level: 1;
      readonly open: boolean;
      readonly group: DefectGroup;
    }
  | {
      readonly kind: 'defect';
      readonly key: string;
      readonly level: 1 | 2;
      readonly open: boolean;
      readonly defect: Defect;
      readonly ruled: boolean;
    }
  | {
      readonly kind: 'finding';
      readonly key: string;
      readonly level: 2 | 3;
      readonly defect: Defect;
      readonly finding: Finding;
    }
  /** More findings than are listed: the timeline shows them. */
  | {
      readonly kind: 'rest';
      readonly key: string;
      readonly level: 2 | 3;
      readonly defect: Defect;
      readonly count: number;
    };

/** What a person opened or closed, by key: the rest is as it is at first. */
export type Folding = ReadonlyMap<string, boolean>;

/** @param allOpen everything is open, and every finding that there is has its line: on paper. */
export function problemLines(
  groups: readonly DefectGroup[],
  folding: Folding,
  byRule: boolean,
  allOpen = false,
): readonly ProblemLine[] {
  return groups.flatMap((group): readonly ProblemLine[] => {
    const [only, ...others] = group.defects;
    // A rule with one defect is one line.
    if (byRule && group.key !== 'note' && only && others.length === 0)
      return defectLines(only, 1, folding, allOpen);
    const open = allOpen || (folding.get(group.key) ?? group.key !== 'note');
    const head: ProblemLine = { kind: 'group', key: group.key, level: 1, open, group };
    if (!open) return [head];
    return [head, ...group.defects.flatMap((defect) => defectLines(defect, 2, folding, allOpen))];
  });
}

function defectLines(
  defect: Defect,
  level: 1 | 2,
  folding: Folding,
  allOpen: boolean,
): readonly ProblemLine[] {
  const open = allOpen || (folding.get(defect.key) ?? false);
  const head: ProblemLine = { kind: 'defect', key: defect.key, level, open, defect, ruled: level === 1 };
  if (!open) return [head];
  const below = level === 1 ? 2 : 3;
  const listed = allOpen ? defect.listed : defect.listed.slice(0, LISTED);
  const rest = defect.count - listed.length;
  return [
    head,
    ...listed.map((finding): ProblemLine => {
      return { kind: 'finding', key: `${defect.key} ${finding.id}`, level: below, defect, finding };
    }),
    ...(rest > 0
      ? [{ kind: 'rest' as const, key: `${defect.key} rest`, level: below as 2 | 3, defect, count: rest }]
      : []),
  ];
}

/** Where the keys Right and Left lead: to open or to close what is there, or to another line. */
export function foldByKey(
  key: string,
  lines: readonly ProblemLine[],
  at: number,
): { readonly set: boolean } | { readonly to: number } | null {
  const line = lines[at];
  if (line === undefined || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return null;
  const foldable = line.kind === 'group' || line.kind === 'defect';
  if (key === 'ArrowRight') {
    if (!foldable) return null;
    return line.open ? { to: Math.min(at + 1, lines.length - 1) } : { set: true };
  }
  if (foldable && line.open) return { set: false };
  for (let above = at - 1; above >= 0; above -= 1) {
    if ((lines[above]?.level ?? 0) < line.level) return { to: above };
  }
  return null;
}
