/** State models as data, and the questions one asks of them. */
import type { ModelState, ModelTransition, SessionModel } from './chat-protocol.ts';

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
  return {
    ...declared,
    allows: (from, to) => reachable.get(from)?.has(to) ?? false,
    next: (from) => next.get(from) ?? [],
    isEnd: (state) => ends.has(state),
  };
}

/** The model as a Mermaid state diagram. Repetitions of a state are left out: they would hide the steps. */
export function toMermaid(model: SessionModel): string {
  const id = (state: string) => state.replace(/[^A-Za-z0-9]/g, '_');
  const steps = model.transitions.filter(({ from, to }) => from !== to);
  const final = model.states.filter((state) => model.isEnd(state.id) && model.next(state.id).length === 0);
  return [
    'stateDiagram-v2',
    '    direction LR',
    ...model.states.map((state) => `    state "${state.title}" as ${id(state.id)}`),
    `    [*] --> ${id(model.initial)}`,
    ...steps.map(({ from, to, trigger }) => `    ${id(from)} --> ${id(to)}: ${trigger}`),
    ...final.map((state) => `    ${id(state.id)} --> [*]`),
    '',
  ].join('\n');
}

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
