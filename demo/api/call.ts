import type { Chats } from '../chats.ts';
import type { Exchange } from '../exchange.ts';
import type { Defaults } from '../opening.ts';
import type { Version } from './errors.ts';

/** One call of the API, past its checks. */
export interface Call {
  readonly exchange: Exchange;
  readonly version: Version;
  readonly chats: Chats;
  readonly defaults: Defaults;
  /** Who calls: the `clientId`, or the cookie where that says `WebChat`. */
  readonly client: string;
}
