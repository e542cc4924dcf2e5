import { BROWSER } from './inspection.ts';

/**
 * What this browser takes of many cases of one thing: in the short run each is taken once, by one browser or the other, in
 * the long run both take all.
 */
export function dealtOut<Case>(cases: readonly Case[]): readonly Case[] {
  if (process.env.E2E_LONG === '1') return cases;
  // Slantwise, so that where cases are pairs neither browser has only the first ones.
  const taker = (place: number) => ((place + Math.floor(place / 2)) % 2 === 0 ? 'chromium' : 'firefox');
  return cases.filter((_, place) => taker(place) === BROWSER);
}
