/** State models as data, and the questions one asks of them. */
import type { ModelState, ModelTransition, SessionModel } from './chat-protocol.ts';
import type { SourceRef } from './declaration.ts';

/** Makes a model of its declaration. Steps are looked up, never searched. */
export function stateModel(declared: {
  readonly states: readonly ModelState[];
  readonly transitions: readonly ModelTransition[];
  readonly initial: string;
}): SessionModel {
  const reachable = new Map<string, Set<string>>(declared.states.map((state) => [state.id, new Set()]));
  for (const { from, to } of declared.transitions) reachable.get(from)?.add(to);
  const order = declared.states.map((state) => state.id);
  const next = new Map(order.map((from) => [from, order.filter((to) => reachable.get(from)?.has(to))]));
  const ends = new Set(declared.states.filter((state) => state.kind === 'end').map((state) => state.id));
  const lenient = new Set(declared.states.filter((state) => state.lenient).map((state) => state.id));
  return {
    ...declared,
    allows: (from, to) => reachable.get(from)?.has(to) ?? false,
    next: (from) => next.get(from) ?? [],
    isEnd: (state) => ends.has(state),
    isLenient: (state) => lenient.has(state),
  };
}

/** A state that we name to keep the steps apart; its meaning rests on `source`. */
export function inferredState(
  id: string,
  kind: ModelState['kind'],
  at: ModelState['at'],
  meaning: string,
  source: SourceRef,
): ModelState {
  return { id, title: id, kind, at, meaning, evidence: 'inferred', source };
}

/** A step that no document gives: our judgement. */
export function inferredStep(from: string, to: string, trigger: string, meaning: string): ModelTransition {
  return { from, to, trigger, meaning, evidence: 'inferred' };
}

/**
 * The model as a Mermaid state diagram. Where several ends can be reached from every living state, those steps are
 * drawn once, from a box around the living ones. Repetitions of a state are left out: they would hide the steps.
 */
export function toMermaid(model: SessionModel): string {
  const steps = model.transitions.filter(({ from, to }) => from !== to);
  const ends = model.states.filter((state) => model.isEnd(state.id));
  const living = model.states.filter((state) => !model.isEnd(state.id));
  const shared = ends.filter((end) => living.every((state) => model.allows(state.id, end.id)));
  const final = ends.filter((state) => model.next(state.id).length === 0);
  const drawing = shared.length > 1 ? boxed() : flat();
  return [...drawing, ...final.map((state) => `    ${mermaidId(state.id)} --> [*]`), ''].join('\n');

  function flat(): string[] {
    return [
      'stateDiagram-v2',
      '    direction LR',
      ...model.states.map((state) => `    ${named(state)}`),
      `    [*] --> ${mermaidId(model.initial)}`,
      ...steps.map((step) => `    ${arrow(step.from, step)}`),
    ];
  }

  function boxed(): string[] {
    const leaves = (step: ModelTransition) =>
      !model.isEnd(step.from) && shared.some(({ id }) => id === step.to);
    const inside = (step: ModelTransition) => !model.isEnd(step.from) && !model.isEnd(step.to);
    const leaving = shared.flatMap((end) => steps.find((step) => leaves(step) && step.to === end.id) ?? []);
    return [
      'stateDiagram-v2',
      '    direction LR',
      '    [*] --> live',
      '    state live {',
      '        direction LR',
      ...living.map((state) => `        ${named(state)}`),
      `        [*] --> ${mermaidId(model.initial)}`,
      ...steps.filter(inside).map((step) => `        ${arrow(step.from, step)}`),
      '    }',
      ...ends.map((state) => `    ${named(state)}`),
      ...leaving.map((step) => `    ${arrow('live', step)}`),
      ...steps
        .filter((step) => !inside(step) && !leaves(step))
        .map((step) => `    ${arrow(step.from, step)}`),
    ];
  }
}

const mermaidId = (state: string) => state.replace(/[^A-Za-z0-9]/g, '_');
const named = (state: ModelState) => `state "${state.title}" as ${mermaidId(state.id)}`;
const arrow = (from: string, { to, trigger }: ModelTransition) =>
  `${mermaidId(from)} --> ${mermaidId(to)}: ${trigger}`;

export interface XStateMachine {
  readonly id: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, XStateNode>>;
}

interface XStateNode {
  readonly description: string;
  readonly tags: readonly string[];
  readonly type?: 'final';
  readonly on?: Readonly<Record<string, { readonly target: string; readonly description: string }>>;
}

/**
 * The model as an XState machine in JSON. An event is `trigger:target`, since one trigger leads to several states.
 * XState knows no step out of a final state, so an end that may still be closed is tagged `end` and not final.
 */
export function toXState(model: SessionModel, id: string): XStateMachine {
  return {
    id,
    initial: model.initial,
    states: Object.fromEntries(model.states.map((state) => [state.id, xstateNode(model, state)])),
  };
}

function xstateNode(model: SessionModel, state: ModelState): XStateNode {
  const out = model.transitions.filter(({ from }) => from === state.id);
  const described = { description: state.meaning, tags: [state.kind] };
  if (out.length === 0) return { ...described, type: 'final' };
  const on = out.map(({ to, trigger, meaning }) => [
    `${trigger}:${to}`,
    { target: to, description: meaning },
  ]);
  return { ...described, on: Object.fromEntries(on) };
}
