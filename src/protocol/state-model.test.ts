import { describe, expect, test } from 'vitest';
import { formModel } from './bright-pattern/form-model.ts';
import { partyModel } from './bright-pattern/party-model.ts';
import { sessionModel } from './bright-pattern/session-model.ts';
import { toMermaid, toXState } from './state-model.ts';

const BEFORE_AGENT = ['establishing', 'ivr', 'queued', 'connecting'];
const LIVE = [...BEFORE_AGENT, 'connected'];
const ENDS = ['failed', 'completed', 'ended', 'timed-out', 'gone'];

describe('the session model', () => {
  const allowed = (from: string, to: string) => sessionModel.allows(from, to);

  test('the first state may be any', () => {
    expect(sessionModel.next('unknown')).toEqual(sessionModel.states.map(({ id }) => id));
  });

  test('before an agent is there, any order goes; and on to connected', () => {
    for (const from of BEFORE_AGENT) for (const to of LIVE) expect(allowed(from, to)).toBe(true);
  });

  test('from connected a transfer goes back to queued or ivr, and nothing else', () => {
    expect(LIVE.filter((to) => allowed('connected', to))).toEqual(['ivr', 'queued', 'connected']);
  });

  test('any end follows any living state, and only ended follows an end', () => {
    for (const from of LIVE) for (const to of ENDS) expect(allowed(from, to)).toBe(true);
    for (const from of ENDS) {
      expect(sessionModel.next(from)).toEqual(from === 'ended' ? [] : ['ended']);
      expect(sessionModel.isEnd(from)).toBe(true);
    }
    expect(sessionModel.isEnd('unknown')).toBe(false);
  });

  test('names that are no state lead nowhere', () => {
    expect(allowed('__proto__', 'queued')).toBe(false);
    expect(sessionModel.next('constructor')).toEqual([]);
  });

  test('no two states lie in one place', () => {
    const places = sessionModel.states.map(({ at }) => at.join());
    expect(new Set(places).size).toBe(places.length);
  });
});

describe.each([
  ['session', sessionModel],
  ['party', partyModel],
  ['form', formModel],
])('the %s model', (id, model) => {
  test('has only steps between its states, each given once', () => {
    const ids = model.states.map((state) => state.id);
    for (const { from, to } of model.transitions) expect(ids).toEqual(expect.arrayContaining([from, to]));
    const steps = model.transitions.map(({ from, to, trigger }) => `${from} ${to} ${trigger}`);
    expect(new Set(steps).size).toBe(steps.length);
  });

  test('goes to XState with every step', () => {
    const machine = toXState(model, id);
    expect(machine.initial).toBe(model.initial);
    const steps = Object.entries(machine.states).flatMap(([from, node]) =>
      Object.entries(node.on ?? {}).map(([event, { target }]) => `${from} ${event} ${target}`),
    );
    expect(steps).toEqual(
      model.states.flatMap(({ id: state }) =>
        model.transitions
          .filter(({ from }) => from === state)
          .map(({ from, trigger, to }) => `${from} ${trigger}:${to} ${to}`),
      ),
    );
    for (const node of Object.values(machine.states))
      expect(node.type === 'final').toBe(node.on === undefined);
    expect(JSON.parse(JSON.stringify(machine))).toEqual(machine);
  });

  test('goes to Mermaid with every state', () => {
    const drawing = toMermaid(model);
    for (const { title } of model.states) expect(drawing).toContain(`state "${title}" as `);
    expect(drawing).toMatch(/^stateDiagram-v2\n/);
    // A name that Mermaid would read as something else ends the drawing.
    for (const line of drawing.trimEnd().split('\n').slice(2))
      expect(line).toMatch(
        /^ *(state "[\w -]+" as \w+|state live \{|\}|direction LR|(\w+|\[\*\]) --> (\w+|\[\*\])(: [\w -]+)?)$/,
      );
  });
});
