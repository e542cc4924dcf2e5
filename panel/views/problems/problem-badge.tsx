/** How many problems there are, beside the tab's title. */
import { useComputed } from '@preact/signals';
import type { Inspector } from '../../store/inspector.ts';

export function ProblemBadge({ inspector }: { inspector: Inspector }) {
  const problems = useComputed(() => {
    const { problems } = inspector.trace.value.totals.value;
    if (problems === 0) return '';
    return problems > 999 ? '999+' : String(problems);
  });
  return <span class="badge">{problems}</span>;
}
