import { ATTACKS } from '../attacks/attacks.ts';
import { makeKit } from './kit.ts';

/**
 * The script of an attacker's page: waits for the name of an attack as a message (the same may come often), carries it out, and answers with all
 * that it has heard. The tool that strips the types may leave calls of a helper `__name`; it does nothing here.
 */
export function attackerScript(): string {
  const attacks = ATTACKS.map(({ name, act }) => `${JSON.stringify(name)}: ${act.toString()}`);
  return `{
    const __name = (each) => each;
    const kit = (${makeKit.toString()})();
    const attacks = {${attacks.join(',\n')}};
    let last = 0;
    addEventListener('message', async ({ data, source }) => {
      const attack = attacks[data?.attack];
      if (!attack || data.number === last) return;
      const { number } = data;
      last = number;
      source.postMessage({ number }, '*');
      let error = '';
      try {
        await attack(kit, data.data);
      } catch (thrown) {
        error = String(thrown?.stack ?? thrown);
      }
      source.postMessage({ number, done: true, error, heard: [...kit.heard] }, '*');
    });
  }`;
}
