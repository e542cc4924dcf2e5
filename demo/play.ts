import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat } from './chat.ts';
import type { ChatEvent } from './page/reading.ts';
import {
  type Json,
  type Scenario,
  type ScenarioStep,
  type ServerStep,
  stepsOn,
  type Template,
  type VisitorStep,
} from './script.ts';

/** How long a person waits for the agent's reply to something the script did not expect. */
const OFF_SCRIPT_REPLY = 'Thank you, I have noted that. Let me look into it for you.';

export interface Play {
  /** Milliseconds between two steps of the server. */
  readonly pace: number;
  /** The visitor is scripted too, and says nothing that is not in the script. */
  readonly scripted: boolean;
  readonly signal: AbortSignal;
}

/**
 * Plays a scenario on a chat: server steps go out one after another, a visitor's step waits until the visitor has
 * done it. Between the delivery before a visitor's step and its awaiting there is no pause, so that the page may
 * act as soon as it has read that delivery. Resolves when the script has run to its end.
 */
export async function play(scenario: Scenario, chat: Chat, how: Play): Promise<void> {
  const ears = new Ears(chat, how.scripted);
  chat.listener = ears;
  try {
    for (const step of stepsOn(scenario, chat.transport)) {
      if (step.by === 'visitor') {
        await ears.waitFor(step, how.signal);
      } else {
        await sleep(how.pace, undefined, { signal: how.signal });
        if (!ears.left) perform(step, chat);
      }
      if (ears.left) break;
      ears.follow(step);
    }
  } catch (error) {
    if (!how.signal.aborted) throw error;
  }
  chat.finish();
}

function perform(step: ServerStep, chat: Chat) {
  switch (step.kind) {
    case 'events':
      return chat.say(step.events, { wrap: step.wrap, binary: step.binary, as: step.as });
    case 'again':
      return chat.again(step.of);
    case 'raw':
      return chat.deliver({
        kind: 'raw',
        text: step.text(),
        contentType: step.contentType,
        status: step.status,
      });
    case 'bytes':
      return chat.deliver({ kind: 'bytes', bytes: step.bytes() });
    case 'cut':
      return chat.deliver({ kind: 'cut' });
  }
}

/** What a person's client sends when it likes, or never: the script only waits for it where the visitor is scripted. */
const INCIDENTAL: readonly string[] = ['chat_session_typing', 'chat_session_not_typing'];

/** Hears the visitor: goes on with the script where it waits for this, and answers off script where it does not. */
class Ears {
  /** The visitor ended the chat before the script did. */
  left = false;
  /** The agent in the chat, as a placeholder: whoever joined last and has not left. */
  private agent: Json = null;
  private readonly early: ChatEvent[] = [];
  private awaited: { readonly step: VisitorStep; readonly resolve: () => void } | null = null;

  constructor(
    private readonly chat: Chat,
    private readonly scripted: boolean,
  ) {}

  heard(event: ChatEvent): readonly Template[] {
    if (this.awaited !== null && fulfils(event, this.awaited.step)) {
      const { step, resolve } = this.awaited;
      this.awaited = null;
      resolve();
      return step.answeredBy;
    }
    // Signaling is made by the browser, not by the person: it may run ahead of the script.
    if (this.scripted || event.event === 'chat_session_signaling') this.early.push(event);
    else this.improvise(event);
    return [];
  }

  /** Learns from what was sent who is there. */
  follow(step: ScenarioStep): void {
    if (step.by !== 'server' || step.kind !== 'events') return;
    for (const { event, party_id = null } of step.events) {
      if (event === 'chat_session_party_joined') this.agent = party_id;
      if (event === 'chat_session_party_left' && party_id === this.agent) this.agent = null;
    }
  }

  /** Resolves when the visitor has done this step, at once if it is done already or nobody waits for it. */
  waitFor(step: VisitorStep, signal: AbortSignal): Promise<void> {
    if (step.awaits === null || (!this.scripted && INCIDENTAL.includes(step.awaits)))
      return Promise.resolve();
    const index = this.early.findIndex((event) => fulfils(event, step));
    if (index >= 0) {
      this.early.splice(0, index + 1);
      if (step.answeredBy.length > 0) this.chat.say(step.answeredBy);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      this.awaited = {
        step,
        resolve: () => {
          signal.removeEventListener('abort', abort);
          resolve();
        },
      };
    });
  }

  private improvise(event: ChatEvent): void {
    if (event.event === 'chat_session_message' && this.agent !== null) {
      this.chat.say([
        {
          event: 'chat_session_message',
          channel: 'web',
          msg: OFF_SCRIPT_REPLY,
          msg_id: '@id',
          party_id: this.agent,
          timestamp: '@now',
        },
      ]);
    }
    if (event.event === 'chat_session_end' || event.event === 'chat_session_disconnect') {
      this.chat.say([{ event: 'chat_session_ended' }]);
      this.left = true;
      this.awaited?.resolve();
    }
  }
}

/** The vendor's widget answers a form that it does not know at once, with a sentence for data: that is no answer. */
function fulfils(event: ChatEvent, step: VisitorStep): boolean {
  const sentence = event.event === 'chat_session_form_data' && typeof event.data === 'string';
  return event.event === step.awaits && !sentence;
}
