import { AUTHORIZATION, apiUrl, JSON_TYPE } from './api-address.ts';
import type { Call, Link, LinkListener } from './link.ts';
import { readEvents } from './reading.ts';
import type { Settings } from './settings.ts';

/** The vendor's widget gives a poll up after this long, in milliseconds, and polls again. */
const POLL_PATIENCE = 13_000;
const ICE_SLASHES = '/iceservers';
/** What was typed before the chat takes the first of the client's ids. */
export const INITIAL_ID = '1';

interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  readonly text: string;
}

/** The chat as the vendor's widget does it: XHR long polling of the API. */
export class XhrLink implements Link {
  chatId = '';
  private closed = false;
  private listener: LinkListener | null = null;
  private polling: XMLHttpRequest | null = null;

  /** With the id of an earlier chat the link goes on with that one, where it still lives. */
  constructor(
    private readonly settings: Settings,
    private readonly earlier: string,
  ) {}

  async open(listener: LinkListener): Promise<void> {
    this.listener = listener;
    if (!(await this.resume(listener)) && !(await this.begin(listener))) return;
    await this.request('GET', ICE_SLASHES, null, { sessionId: this.chatId });
    this.keepPolling();
  }

  /** As the vendor's widget after a reload: no Request Chat, the history instead. */
  private async resume(listener: LinkListener): Promise<boolean> {
    if (this.earlier === '') return false;
    const history = await this.request('GET', `chats/${this.earlier}/history`, null);
    if (history.status !== 200) return false;
    this.chatId = this.earlier;
    listener.resumed(readEvents(history.text));
    return true;
  }

  private async begin(listener: LinkListener): Promise<boolean> {
    const { scenario, auto, pace, about } = this.settings;
    const parameters = {
      first_name: 'Robin',
      last_name: 'Vance',
      auto: auto ? '1' : '0',
      pace: String(pace),
      scenario,
    };
    const initial = { event: 'chat_session_message', msg: about, msg_id: INITIAL_ID };
    const asked = about === '' ? { parameters } : { parameters, initial_message: initial };
    const body = JSON.stringify({ phone_number: '', from: '', ...asked });
    const answer = await this.request('POST', 'chats', body);
    try {
      this.chatId = String(JSON.parse(answer.text).chat_id);
    } catch {
      listener.trouble(`The chat could not be opened (${answer.status}).`);
      return false;
    }
    return true;
  }

  async send(body: string): Promise<void> {
    const answer = await this.request('POST', `chats/${this.chatId}/events`, body);
    // v1 may answer a POST with events; the vendor's clients drop them, this one does not.
    if (answer.status === 200) this.listener?.heard(answer.text);
    else this.listener?.trouble(`An event was refused (${answer.status}).`);
  }

  async upload(file: File): Promise<string> {
    const form = new FormData();
    form.append('file', file, file.name);
    const answer = await this.request('POST', 'files', form);
    try {
      return String(JSON.parse(answer.text).file_id);
    } catch {
      return '';
    }
  }

  async download(fileId: string): Promise<void> {
    const request = new XMLHttpRequest();
    request.open(
      'GET',
      `${this.settings.apiOrigin}/clientweb/api/${this.settings.api}/chats/${this.chatId}/files/${fileId}`,
    );
    request.responseType = 'arraybuffer';
    await settled(request, null);
  }

  async history(): Promise<void> {
    await this.request('GET', `chats/${this.chatId}/history`, null);
  }

  async poll(): Promise<void> {
    const answer = await this.request('GET', `chats/${this.chatId}/events`, null);
    if (answer.status === 200) this.listener?.heard(answer.text);
    else this.listener?.trouble(`A poll failed (${answer.status}).`);
  }

  async call({ method, path, authorization, body }: Call): Promise<void> {
    const request = new XMLHttpRequest();
    const { apiOrigin, api } = this.settings;
    request.open(method, `${apiOrigin}/clientweb/api/${api}/${path.replace('@chat', this.chatId)}`);
    if (authorization !== null) request.setRequestHeader('Authorization', authorization);
    if (body !== null) request.setRequestHeader('Content-Type', JSON_TYPE);
    const { status } = await settled(request, body);
    this.listener?.trouble(`${method} ${path.split('?')[0]} was answered ${status}.`);
  }

  close(): void {
    this.closed = true;
    this.polling?.abort();
  }

  /** One poll after the other, the next at once after an answer. */
  private async keepPolling(): Promise<void> {
    while (!this.closed && this.listener?.expectsMore() === true) {
      const request = this.prepare('GET', `chats/${this.chatId}/events`);
      this.polling = request;
      const patience = setTimeout(() => request.abort(), POLL_PATIENCE);
      const answer = await settled(request, null);
      this.polling = null;
      clearTimeout(patience);
      if (answer.status === 200) this.listener.heard(answer.text);
      else if (answer.status === 404) return;
      else if (!this.closed) await pause();
    }
  }

  private request(
    method: string,
    path: string,
    body: string | FormData | null,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const request = this.prepare(method, path, query);
    if (typeof body === 'string') request.setRequestHeader('Content-Type', JSON_TYPE);
    return settled(request, body);
  }

  private prepare(
    method: string,
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): XMLHttpRequest {
    const request = new XMLHttpRequest();
    request.open(method, apiUrl(this.settings.apiOrigin, this.settings.api, path, query));
    request.setRequestHeader('Authorization', AUTHORIZATION);
    request.setRequestHeader('Accept', '*/*');
    request.withCredentials = true;
    return request;
  }
}

function settled(request: XMLHttpRequest, body: string | FormData | null): Promise<Answer> {
  return new Promise((resolve) => {
    request.onloadend = () =>
      resolve({ status: request.status, text: request.responseType === '' ? request.responseText : '' });
    request.send(body);
  });
}

/** After a failed poll, so that a broken server is not hammered. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}
