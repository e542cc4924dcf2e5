import { Captured } from '../../marks/captured.tsx';
import { type Deviation, piecesOf } from './deviations.ts';

/** A deviation in words; states, which the server names, are set apart. */
export function DeviationWords({ deviation }: { deviation: Deviation }) {
  return (
    <>{piecesOf(deviation).map((text, at) => (at % 2 === 1 ? <Captured key={at} text={text} /> : text))}</>
  );
}
