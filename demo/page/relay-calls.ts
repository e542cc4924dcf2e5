import { AUTHORIZATION, apiUrl } from './api-address.ts';
import { framingByName } from './framing.ts';
import type { LinkListener } from './link.ts';
import type { Settings } from './settings.ts';

/** What all links to a customer's relay do by `fetch`: sending where the transport cannot, and files. */
export class RelayCalls {
  readonly chatId = crypto.randomUUID();

  constructor(
    private readonly settings: Settings,
    private readonly trouble: LinkListener['trouble'],
  ) {}

  /** A relay path with the chat, and on the calls that may open it with how it shall run. */
  url(path: string): string {
    const choice = path === '/relay/poll' ? '' : `&${this.settings.choice}`;
    return `${path}?chat=${this.chatId}${choice}`;
  }

  async send(body: string): Promise<void> {
    await this.fetch(this.url('/relay/send'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: framingByName(this.settings.framing)?.write(body, 'client') ?? body,
    });
  }

  async upload(file: File): Promise<string> {
    const form = new FormData();
    form.append('file', file, file.name);
    const answer = await this.fetch(apiUrl('', this.settings.api, 'files'), {
      method: 'POST',
      headers: { Authorization: AUTHORIZATION },
      body: form,
    });
    const { file_id: id } = (await answer?.json()) ?? {};
    return typeof id === 'string' ? id : '';
  }

  async download(fileId: string): Promise<void> {
    const answer = await this.fetch(
      `/clientweb/api/${this.settings.api}/chats/${this.chatId}/files/${fileId}`,
      {},
    );
    await answer?.arrayBuffer();
  }

  /** The answer, or null after trouble was told. */
  private async fetch(url: string, init: RequestInit): Promise<Response | null> {
    try {
      const answer = await fetch(url, init);
      if (!answer.ok) this.trouble(`${url.split('?')[0]} was answered ${answer.status}.`);
      return answer;
    } catch (error) {
      this.trouble(String(error));
      return null;
    }
  }
}
