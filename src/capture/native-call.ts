/**
 * Calls of natives that start a request, seen without a frame of ours on the stack while the native runs. DevTools name
 * the innermost script on the stack as the initiator of a request and link it in the Console: it stays the page's own.
 *
 * The trap of a proxy may be a getter: ours chooses the trap and has returned before the call begins. The trap is built of
 * natives alone: `reduce`, whose callback is a proxy with such a getter too, so that each of its three steps is another
 * function. The first hands the call to `before` and returns, the second is the native itself, the third hands the result
 * to `after`. An error that the native throws passes through as it is, and `after` is not called then.
 *
 * It costs a microsecond more a call than a trap of ours would, and nothing before the first.
 */

/** What the native is called with. The list is the browser's own: what is written into it reaches the native. */
export type MethodCall = [native: object, self: unknown, args: readonly unknown[]];
export type Construction = [native: object, args: readonly unknown[], newTarget: unknown];

export interface CallHooks<Call, Known> {
  /** What it throws stays here. */
  before(call: Call): Known;
  /** Gives what the caller is given. `known` is undefined where `before` threw. What it throws itself stays here. */
  after(known: Known | undefined, result: unknown): unknown;
}

type Native = (...args: never[]) => unknown;

/** Gives the trap of the next call of a method. */
export function methodTraps<Known>(hooks: CallHooks<MethodCall, Known>): () => Native {
  return callTraps(runMethod, hooks);
}

/** Gives the trap of the next call of a constructor. */
export function constructorTraps<Known>(hooks: CallHooks<Construction, Known>): () => Native {
  return callTraps(runConstructor, hooks);
}

/** One call at a time: several where a native calls the page, and the page the native. */
interface Machine {
  readonly trap: Native;
  nextFree: Machine | null;
}

/** A machine whose native threw is not used again. */
function callTraps<Call extends MethodCall | Construction, Known>(
  run: Native,
  hooks: CallHooks<Call, Known>,
): () => Native {
  let free: Machine | null = null;
  return () => {
    const machine = free ?? createMachine();
    free = machine.nextFree;
    return machine.trap;
  };

  function createMachine(): Machine {
    let step = 0;
    let native = none;
    let known: Known | undefined;

    const begin = (_target: unknown, _self: unknown, state: [Call]): void => {
      const call = state[0];
      try {
        known = hooks.before(call);
      } catch {
        // The native says what is wrong, if anything is.
      }
      native = bind(run, undefined, call[0], call[1], call[2]);
    };
    const end = (_target: unknown, _self: unknown, state: [unknown]): unknown => {
      const result = state[0];
      const before = known;
      known = undefined;
      native = none;
      step = 0;
      machine.nextFree = free;
      free = machine;
      try {
        return hooks.after(before, result);
      } catch {
        return result;
      }
    };
    const eachStep = trapped({
      get apply() {
        step++;
        return step === 1 ? begin : step === 2 ? native : end;
      },
    });
    const machine: Machine = {
      // A trap is called with the proxy's target, a receiver and the list that is meant: `reduce` begins with the list.
      trap: trapped({ apply: withReceiver(withReceiver(bind(reduce, STEPS, eachStep))) }),
      nextFree: null,
    };
    return machine;
  }
}

const { apply, construct, setPrototypeOf } = Reflect;
/** The function as one that takes its receiver first. */
const withReceiver: (method: Native) => Native = apply(Function.prototype.bind, Function.prototype.bind, [
  Function.prototype.call,
]);
const bind: (method: Native, receiver: unknown, ...args: unknown[]) => Native = apply(
  Function.prototype.bind,
  Function.prototype.call,
  [Function.prototype.bind],
);
const { reduce } = Array.prototype;
/** The page may have replaced it by the time of the first call. */
const NativeProxy = Proxy;
const STEPS: readonly number[] = [0, 1, 2];
/** What a proxy needs to be callable. */
const none: Native = () => {};
/** Bound here: binding reads properties of what it binds, and the page may change those of `Reflect`'s. */
const runMethod = bind(apply, undefined);
const runConstructor = bind(construct, undefined);

function trapped(handler: object): Native {
  setPrototypeOf(handler, null);
  return new NativeProxy(none, handler);
}
