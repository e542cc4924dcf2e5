/** The comparison of the two chosen sides, made in slices: the panel stays in hand meanwhile. */
import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Comparison, comparisonSteps } from '../../../src/report/compare/compare-sessions.ts';
import type { ComparedSide } from '../../store/comparing.ts';
import type { Inspector } from '../../store/inspector.ts';

/** A comparison as it was when it was made: a live session goes on. */
export interface Made {
  readonly comparison: Comparison;
  readonly expected: ComparedSide;
  readonly actual: ComparedSide;
  /** Events of both sessions then. */
  readonly events: number;
}

/** Milliseconds for which the panel is held at a time. */
const SLICE_MS = 12;

/**
 * Made anew when a side is another, or when ids and times count or do not count any more; null while there is none. What is
 * being made is given up as soon as another one is wanted, or the view closes.
 */
export function useComparison(inspector: Inspector, ignoring: ReadonlySignal<boolean>): Signal<Made | null> {
  const { comparing } = inspector;
  const made = useSignal<Made | null>(null);
  const expected = comparing.expected.value;
  const actual = comparing.actual.value;
  const ignoreIdsAndTimes = ignoring.value;
  useEffect(() => {
    made.value = null;
    if (expected === null || actual === null) return;
    const [a, b] = [sessionOf(expected), sessionOf(actual)];
    const events = eventsOf(expected, actual);
    const steps = comparisonSteps(a, b, { ignoreIdsAndTimes });
    const goOn = () => {
      // A session may have become part of another one.
      if (!exists(expected)) comparing.expected.value = null;
      else if (!exists(actual)) inspector.closeComparison();
      if (!exists(expected) || !exists(actual)) return;
      const until = performance.now() + SLICE_MS;
      do {
        const step = steps.next();
        if (step.done) {
          made.value = { comparison: step.value, expected, actual, events };
          return;
        }
      } while (performance.now() < until);
      timer = setTimeout(goOn);
    };
    let timer = setTimeout(goOn);
    return () => clearTimeout(timer);
  }, [expected, actual, ignoreIdsAndTimes, made, inspector, comparing]);
  return made;
}

const sessionOf = ({ trace, session }: ComparedSide) => ({ analysis: trace.analysis, session });

const exists = ({ trace, session }: ComparedSide): boolean => trace.analysis.session(session) !== undefined;

export const eventsOf = (...sides: readonly ComparedSide[]): number =>
  sides.reduce((sum, { trace, session }) => sum + (trace.analysis.session(session)?.eventCount ?? 0), 0);
