/** How the events of one type are told in one line. */
import type { JsonObject } from '../text/json-object.ts';

export interface SummaryTemplate {
  /** All words that the template may add to what is in the event itself: a filter need not make the line without them. */
  readonly words: string;
  /** True where it also adds numbers that it works out. */
  readonly numbers?: true;
  /** `party`: the name, else the id, of the event's party; '' where it has none. */
  readonly say: (event: JsonObject, party: string) => string;
}
