import type { Action } from '../script.ts';
import type { ChatEvent } from './reading.ts';

export type Call = Extract<Action, { do: 'call' }>;

/** What a link tells its visitor. */
export interface LinkListener {
  /** An earlier chat goes on: this is all that was said in it. */
  resumed(history: readonly ChatEvent[]): void;
  /** A body, frame or stream event arrived. */
  heard(text: string): void;
  /** Something went wrong that a person should see. */
  trouble(message: string): void;
  /** True while the script has events to come: polling goes on. */
  expectsMore(): boolean;
}

/** A chat connection of the page over one transport. Rejects and throws nothing: trouble is told to the listener. */
export interface Link {
  readonly chatId: string;
  open(listener: LinkListener): Promise<void>;
  /** Sends a body that holds client events. */
  send(body: string): Promise<void>;
  /** Uploads a file; gives its id, empty when that failed. */
  upload(file: File): Promise<string>;
  download(fileId: string): Promise<void>;
  history(): Promise<void>;
  /** One more poll, beside the loop. */
  poll(): Promise<void>;
  call(call: Call): Promise<void>;
  close(): void;
}
