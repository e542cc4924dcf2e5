/** The defects of a trace as they are now: gathered in slices, and anew where findings have come or gone. */
import { effect, type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { TraceModel } from '../../store/trace-model.ts';
import { nextTask, SLICE_MS } from '../../store/work-schedule.ts';
import { type DefectList, DefectTally, type Wanted } from './defects.ts';

/** Milliseconds between two countings, at least, and in lengths of the last one. */
const LEAST_PAUSE = 100;
const PAUSE_IN_COUNTINGS = 10;
/** Findings gathered before the clock is looked at. */
const STEPS = 64;

/** Null until they were gathered for the first time. */
export function useDefects(trace: TraceModel, wanted: Wanted): ReadonlySignal<DefectList | null> {
  const list = useSignal<DefectList | null>(null);
  const { grouping, hidden, range } = wanted;
  useLayoutEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let under = false;
    let again = false;
    const gather = async () => {
      under = true;
      again = false;
      const began = performance.now();
      const tally = new DefectTally(trace.analysis, { grouping, hidden, range });
      let until = began + SLICE_MS;
      let steps = 0;
      for (const _ of tally.steps()) {
        steps += 1;
        if (steps % STEPS !== 0 || performance.now() < until) continue;
        await nextTask();
        if (over) return;
        until = performance.now() + SLICE_MS;
      }
      list.value = tally.list;
      under = false;
      const pause = Math.max(LEAST_PAUSE, PAUSE_IN_COUNTINGS * (performance.now() - began));
      timer = setTimeout(() => {
        timer = undefined;
        if (again) void gather();
      }, pause);
    };
    const stop = effect(() => {
      trace.findingsVersion.value;
      trace.sessionsVersion.value;
      if (under || timer !== undefined) again = true;
      else void gather();
    });
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, [trace, grouping, hidden, range?.from, range?.to]);
  return list;
}
