import { type ChatEvent, textOf } from './reading.ts';

/** Longer texts are cut on the page: a message may have any size. */
const SHOWN = 2000;

type Tone = 'plain' | 'trouble';

/** The visitor's view of one chat: what was said, who is there, and a line to write in. */
export class Conversation {
  private readonly log: HTMLElement;
  private readonly typing: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly names = new Map<string, string>();
  private say: (text: string) => void = () => {};
  private suggestion = '';

  constructor(private readonly root: HTMLElement) {
    root.append(fromTemplate('conversation'));
    this.log = part(root, '.log');
    this.typing = part(root, '.typing');
    this.input = part(root, 'input[name="text"]');
    part(root, 'form').addEventListener('submit', (submit) => {
      submit.preventDefault();
      const text = this.input.value.trim() || this.suggestion;
      this.input.value = '';
      if (text !== '') this.say(text);
    });
  }

  onSay(say: (text: string) => void): void {
    this.say = say;
  }

  onFile(send: (file: File) => void): void {
    const input: HTMLInputElement = part(this.root, 'input[type="file"]');
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file !== undefined) send(file);
      input.value = '';
    });
  }

  onLeave(leave: () => void): void {
    part(this.root, 'button[name="leave"]').addEventListener('click', () => leave());
  }

  begin(chatId: string): void {
    this.root.dataset.state = 'running';
    this.root.dataset.chat = chatId;
    this.enable(true);
  }

  finish(): void {
    this.root.dataset.state = 'done';
    this.enable(false);
    this.typing.textContent = '';
  }

  /** What the script would have the visitor say: sent when nothing else is typed. */
  suggest(text: string): void {
    this.suggestion = text;
    this.input.placeholder = text === '' ? 'Write a message' : text;
  }

  note(text: string, tone: Tone = 'plain'): void {
    this.add('note', text, '', tone);
  }

  /** Shows an event of either direction; the visitor's own carry the chat's id as their party. */
  show(event: ChatEvent, chatId: string) {
    const party = textOf(event, 'party_id');
    const own = party === chatId;
    const name = this.names.get(party) ?? '';
    switch (event.event) {
      case 'chat_session_status':
        return this.note(statusText(textOf(event, 'state'), textOf(event, 'ewt')));
      case 'chat_session_party_joined':
        this.names.set(party, textOf(event, 'display_name'));
        return this.note(`${textOf(event, 'display_name') || 'Somebody'} joined the chat`);
      case 'chat_session_party_left':
        return this.note(`${name || 'Somebody'} left the chat`);
      case 'chat_session_message':
        if (!own) this.typing.textContent = '';
        return this.add(own ? 'own' : 'other', textOf(event, 'msg'), own ? '' : name);
      case 'chat_session_typing':
        if (!own) this.typing.textContent = `${name || 'The agent'} is typing …`;
        return;
      case 'chat_session_not_typing':
        if (!own) this.typing.textContent = '';
        return;
      case 'chat_session_form_show':
        return this.note(`Please fill in: ${textOf(event, 'form_name') || 'your answer'}`);
      case 'chat_session_form_data':
        return this.add('own', Object.values(event.data ?? {}).join(', '), '');
      case 'chat_session_file':
        return this.add(own ? 'own' : 'other', `File: ${textOf(event, 'file_name')}`, own ? '' : name);
      case 'chat_session_signaling':
        return this.note(`Call: ${signalText(event.data)}`);
      case 'chat_session_timeout_warning':
      case 'chat_session_inactivity_timeout':
        return this.note(textOf(event, 'msg'));
      case 'chat_session_ended':
        this.typing.textContent = '';
        return this.note('The chat has ended');
    }
  }

  private add(kind: 'own' | 'other' | 'note', text: string, name: string, tone: Tone = 'plain'): void {
    const item = document.createElement('li');
    item.className = kind;
    item.dataset.tone = tone;
    if (name !== '') {
      const who = document.createElement('span');
      who.className = 'who';
      who.textContent = name;
      item.append(who);
    }
    item.append(text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text);
    this.log.append(item);
    this.log.scrollTop = this.log.scrollHeight;
  }

  private enable(open: boolean): void {
    for (const control of this.root.querySelectorAll<HTMLInputElement | HTMLButtonElement>(
      'form :is(input, button)',
    )) {
      control.disabled = !open;
    }
  }
}

/** A copy of the document's template of that name. */
export function fromTemplate(id: string): DocumentFragment {
  const template = document.querySelector<HTMLTemplateElement>(`template#${id}`);
  if (template === null) throw new Error(`The document lacks the template "${id}"`);
  return document.importNode(template.content, true);
}

/** The one element below `root` that the selector names. */
export function part<E extends HTMLElement>(root: ParentNode, selector: string): E {
  const element = root.querySelector<E>(selector);
  if (element === null) throw new Error(`The document lacks ${selector}`);
  return element;
}

function statusText(state: string, ewt: string): string {
  switch (state) {
    case 'queued':
      return ewt === ''
        ? 'You are in the queue'
        : `You are in the queue, about ${Math.ceil(Number(ewt) / 60)} min to wait`;
    case 'connecting':
      return 'Looking for an agent …';
    case 'connected':
      return 'You are connected';
    case 'failed':
      return 'The chat could not be continued';
    case 'completed':
      return 'The conversation is complete';
    default:
      return `The chat is “${state}”`;
  }
}

function signalText(data: unknown): string {
  return typeof data === 'object' && data !== null && 'type' in data ? String(data.type) : '';
}
