/** All random programs as one function of the page's: from seeds to what each program saw. */
import { fetchProgram } from './fetch.ts';
import { beaconProgram, eventSourceProgram, socketProgram } from './sockets.ts';
import { replaceBuiltIns } from './spies.ts';
import { makeTools } from './tools.ts';
import { xhrProgram } from './xhr.ts';

const PROGRAMS = { xhrProgram, fetchProgram, socketProgram, eventSourceProgram, beaconProgram };

export const PROGRAM_NAMES = Object.keys(PROGRAMS);

/** In the log of a program that did not come to its end within 15 s: a bound on hangs, not a pause. */
export const NO_END = 'no end';

/** What is asked of the page: programs by their number in `PROGRAM_NAMES` and their seed. */
export interface Asked {
  readonly addresses: { readonly http: string; readonly ws: string };
  readonly programs: readonly { readonly which: number; readonly seed: number }[];
}

/** Runs the programs one after the other; its text says all that it needs. Gives the log of each. */
export const runPrograms = new Function(
  'asked',
  `const makeTools = ${makeTools};
  const replaceBuiltIns = ${replaceBuiltIns};
  const programs = [${Object.values(PROGRAMS).join(',\n')}];
  const setTimeout = window.setTimeout.bind(window);
  return (async () => {
    const logs = [];
    for (const { which, seed } of asked.programs) {
      const tools = makeTools(seed, asked.addresses);
      const onError = (event) => { tools.say('uncaught', event.message); event.preventDefault(); };
      const onRejection = (event) => { tools.say('unhandled', event.reason); event.preventDefault(); };
      addEventListener('error', onError);
      addEventListener('unhandledrejection', onRejection);
      const limit = new Promise((resolve) => setTimeout(resolve, 15_000, '${NO_END}'));
      const restore = tools.chance(0.3) ? replaceBuiltIns(tools) : () => {};
      let end = '';
      try { end = await Promise.race([programs[which](tools), limit]); } catch (error) { tools.say('failed', error); }
      restore();
      if (end) tools.say(end);
      // Rejections that nobody handles are told in a task of their own.
      await new Promise((resolve) => setTimeout(resolve, 10));
      removeEventListener('error', onError);
      removeEventListener('unhandledrejection', onRejection);
      logs.push(tools.log.slice());
    }
    return logs;
  })();`,
) as (asked: Asked) => Promise<string[][]>;
