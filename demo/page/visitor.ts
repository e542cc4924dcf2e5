import type { Part } from '../cues.ts';
import type { Action, Template } from '../script.ts';
import type { Conversation } from './conversation.ts';
import type { Link, LinkListener } from './link.ts';
import { type ChatEvent, readEvents, textOf } from './reading.ts';
import { Replay } from './replay.ts';
import type { Standing } from './standing.ts';

/** These carry a message id; the visitor's are odd. */
const NUMBERED: readonly string[] = [
  'chat_session_message',
  'chat_session_navigation',
  'chat_session_signaling',
  'chat_session_file',
  'chat_session_location',
];

/** Signaling is no part of the history. */
const UNLISTED = 'chat_session_signaling';

export interface How {
  readonly auto: boolean;
  readonly pace: number;
  /** The first message id that is free; 1 otherwise. */
  readonly firstId?: number;
  /** Where an earlier chat stood, to be gone on with. */
  readonly earlier?: Standing;
  /** Told where the chat stands whenever that changes. */
  readonly keep?: (standing: Standing) => void;
}

/**
 * The visitor of one chat: reads what arrives, shows it, and does the scripted things at their cue. In a chat that is
 * not automatic a person says the messages, and may say others; the agent answers each of those once.
 */
export class Visitor implements LinkListener {
  private read = 0;
  /** Events that are not in the script: the agent's answers to what a person said off script. */
  private offScript = 0;
  private nextId: number;
  private cue = 0;
  private unlisted = 0;
  private replay = new Replay([]);
  private form: ChatEvent | null = null;
  private agent = '';
  private fileId = '';
  private heardId = '';
  private stopped = false;
  /** Set while the script waits for a person to speak. */
  private speak: ((text: string | null) => void) | null = null;
  private notice: () => void = () => {};

  constructor(
    private readonly link: Link,
    private readonly part: Part,
    private readonly view: Conversation,
    private readonly how: How,
  ) {
    this.nextId = how.firstId ?? 1;
    view.onSay((text) => this.sayAsPerson(text));
    view.onFile((file) => this.sendFile(file));
    view.onLeave(() => this.send([{ event: 'chat_session_end' }]));
  }

  /** Plays the visitor's part; resolves when the scenario has run to its end. */
  async play(): Promise<void> {
    await this.link.open(this);
    this.view.begin(this.link.chatId);
    for (const cue of this.part.cues.slice(this.cue)) {
      this.keep();
      await this.until(() => this.progress() >= cue.after);
      if (this.stopped) break;
      if (!this.waitsForPerson(cue.action))
        await new Promise((resolve) => setTimeout(resolve, this.how.pace));
      await this.perform(cue.action);
      this.cue += 1;
    }
    this.keep();
    await this.until(() => !this.expectsMore());
    this.link.close();
    this.view.finish();
  }

  heard(text: string): void {
    for (const event of readEvents(text)) {
      if (this.replay.repeats(event)) continue;
      this.take(event);
      if (event.event === UNLISTED) this.unlisted += 1;
    }
    this.keep();
    this.notice();
  }

  resumed(history: readonly ChatEvent[]): void {
    const { earlier } = this.how;
    if (earlier === undefined) return;
    const theirs = history.filter((event) => textOf(event, 'party_id') !== earlier.chatId);
    this.cue = earlier.cue;
    this.unlisted = earlier.unlisted;
    this.offScript = earlier.offScript;
    this.nextId = earlier.nextId;
    for (const event of history) this.view.show(event, earlier.chatId);
    for (const event of theirs) this.remember(event);
    this.read = theirs.length + earlier.unlisted;
    this.replay = new Replay(theirs);
  }

  private take(event: ChatEvent): void {
    this.read += 1;
    this.remember(event);
    this.view.show(event, this.link.chatId);
    if (!this.how.auto && event.event === 'chat_session_ended') this.stop();
  }

  private keep(): void {
    const { cue, unlisted, offScript, nextId } = this;
    this.how.keep?.({ chatId: this.link.chatId, cue, unlisted, offScript, nextId });
  }

  trouble(message: string): void {
    this.view.note(message, 'trouble');
  }

  expectsMore(): boolean {
    return !this.stopped && this.progress() < this.part.total;
  }

  /** Nothing may lie between such a cue and the waiting: the server waits for the person from then on, too. */
  private waitsForPerson(action: Action): boolean {
    const name = action.do === 'send' ? action.events[0]?.event : undefined;
    return !this.how.auto && (name === 'chat_session_typing' || name === 'chat_session_message');
  }

  private progress(): number {
    return this.read - this.offScript;
  }

  private stop(): void {
    this.stopped = true;
    this.speak?.(null);
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!this.stopped && !condition()) {
      await new Promise<void>((resolve) => {
        this.notice = resolve;
      });
    }
  }

  private remember(event: ChatEvent): void {
    if (event.event === 'chat_session_form_show') this.form = event;
    if (event.event === 'chat_session_file') this.fileId = textOf(event, 'file_id');
    if (event.event === 'chat_session_message') this.heardId = textOf(event, 'msg_id');
    if (event.event === 'chat_session_party_joined') this.agent = textOf(event, 'party_id');
  }

  private async perform(action: Action): Promise<void> {
    switch (action.do) {
      case 'send':
        return this.sendScripted(action.events);
      case 'answer-form': {
        const { form_request_id = '', form_name = '' }: Partial<ChatEvent> = this.form ?? {};
        return this.send([
          { event: 'chat_session_form_data', form_request_id, form_name, data: action.data },
        ]);
      }
      case 'signal':
        return this.send([
          { event: 'chat_session_signaling', destination_party_id: this.agent, data: action.data },
        ]);
      case 'upload':
        return this.sendFile(new File([action.content], action.name, { type: action.type }));
      case 'download':
        return this.link.download(this.fileId);
      case 'history':
        return this.link.history();
      case 'post':
        return this.link.send(action.body);
      case 'poll':
        return this.link.poll();
      case 'call':
        return this.link.call(action);
    }
  }

  private async sendScripted(events: readonly Template[]): Promise<void> {
    const [first] = events;
    if (!this.how.auto && first?.event === 'chat_session_typing') return;
    if (!this.how.auto && first?.event === 'chat_session_message') {
      const text = await this.personSpeaks(String(first.msg));
      return text === null ? undefined : this.send([{ ...first, msg: text }]);
    }
    return this.send(events);
  }

  private personSpeaks(suggestion: string): Promise<string | null> {
    return new Promise((resolve) => {
      this.view.suggest(suggestion);
      this.speak = (text) => {
        this.speak = null;
        this.view.suggest('');
        resolve(text);
      };
    });
  }

  private sayAsPerson(text: string) {
    if (this.speak !== null) return this.speak(text);
    this.offScript += 1;
    this.send([{ event: 'chat_session_message', msg: text }]);
  }

  private async sendFile(file: File): Promise<void> {
    const id = await this.link.upload(file);
    const kind = file.type.startsWith('image/') ? 'image' : 'attachment';
    await this.send([{ event: 'chat_session_file', file_id: id, file_name: file.name, file_type: kind }]);
  }

  private async send(events: readonly ChatEvent[]): Promise<void> {
    const numbered = events.map((event) => this.number(event));
    for (const event of numbered) this.view.show({ ...event, party_id: this.link.chatId }, this.link.chatId);
    await this.link.send(JSON.stringify({ events: numbered }));
  }

  private number(event: ChatEvent): ChatEvent {
    if (event.ref_msg_id === '@last') return { ...event, ref_msg_id: this.heardId };
    if (!NUMBERED.includes(event.event)) return event;
    const id = String(this.nextId);
    this.nextId += 2;
    const whereabouts =
      event.event === 'chat_session_navigation' ? { page: location.href, title: document.title } : {};
    return { ...event, ...whereabouts, msg_id: id };
  }
}
