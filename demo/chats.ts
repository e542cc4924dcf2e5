import { setMaxListeners } from 'node:events';
import { Chat, type ChatOptions } from './chat.ts';
import { play } from './play.ts';
import type { Scenario } from './script.ts';

/** How a chat that is opened shall run. */
export interface Opening extends ChatOptions {
  readonly scenario: Scenario;
  readonly pace: number;
  readonly scripted: boolean;
}

/** All chats of the server, from their opening until the server closes. */
export class Chats {
  private readonly byId = new Map<string, Chat>();
  private readonly byClient = new Map<string, Chat>();
  private readonly closing = new AbortController();

  constructor() {
    // Every playing chat listens, and there may be any number of them.
    setMaxListeners(0, this.closing.signal);
  }

  /** Opens a chat and starts its scenario. */
  open(opening: Opening, client: string | null = null): Chat {
    const chat = new Chat(opening);
    this.byId.set(chat.id, chat);
    if (client !== null) this.byClient.set(client, chat);
    const { scenario, pace, scripted } = opening;
    play(scenario, chat, { pace, scripted, signal: this.closing.signal }).catch((error: unknown) => {
      console.error(`Scenario "${scenario.name}" broke off:`, error);
      chat.finish();
    });
    return chat;
  }

  /** A chat by its id, alive or not. */
  find(id: string): Chat | undefined {
    return this.byId.get(id);
  }

  /** A chat that still lives, by its id. */
  living(id: string): Chat | undefined {
    const chat = this.byId.get(id);
    return chat?.gone === false ? chat : undefined;
  }

  /** The chat that this client has going on: the vendor allows one at a time. */
  ofClient(client: string): Chat | undefined {
    const chat = this.byClient.get(client);
    return chat?.gone === false ? chat : undefined;
  }

  close(): void {
    this.closing.abort();
  }
}
