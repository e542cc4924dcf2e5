/** The groups of the findings, made anew as findings come, but never more of the time than a tenth. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Inspector } from '../../store/inspector.ts';
import { groupByRule, type ProblemGroup } from './problem-groups.ts';

/** Rest after grouping, as a multiple of what it took: a million findings must not freeze the panel. */
const REST = 10;

export function useProblemGroups(inspector: Inspector): readonly ProblemGroup[] {
  const groups = useSignal<readonly ProblemGroup[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stale = false;
    const group = () => {
      const start = performance.now();
      stale = false;
      groups.value = groupByRule(inspector.trace.peek().analysis.findings());
      const rest = (performance.now() - start) * REST;
      timer = setTimeout(() => {
        timer = undefined;
        if (stale) group();
      }, rest);
    };
    const changed = () => {
      stale = true;
      if (timer === undefined) group();
    };
    const stop = subscribeToFindings(inspector, changed);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [inspector, groups]);
  return groups.value;
}

/** Calls back at once, and whenever the shown trace or its findings change. */
function subscribeToFindings(inspector: Inspector, changed: () => void): () => void {
  let stopVersion: () => void = () => undefined;
  const stopTrace = inspector.trace.subscribe((trace) => {
    stopVersion();
    stopVersion = trace.findingsVersion.subscribe(changed);
  });
  return () => {
    stopTrace();
    stopVersion();
  };
}
