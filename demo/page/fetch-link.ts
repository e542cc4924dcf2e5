import { bodiesIn } from './framing.ts';
import type { Link, LinkListener } from './link.ts';
import { RelayCalls } from './relay-calls.ts';
import type { Settings } from './settings.ts';

/** A chat over a customer's relay by `fetch`: long polling, on paths that say nothing of chat. */
export class FetchLink implements Link {
  private readonly calls: RelayCalls;
  private readonly closing = new AbortController();
  private listener: LinkListener | null = null;
  private polling = false;

  constructor(private readonly settings: Settings) {
    this.calls = new RelayCalls(settings, (message) => this.listener?.trouble(message));
  }

  get chatId(): string {
    return this.calls.chatId;
  }

  async open(listener: LinkListener): Promise<void> {
    this.listener = listener;
  }

  /** The first event opens the chat; from then on the link polls. */
  async send(body: string): Promise<void> {
    await this.calls.send(body);
    if (this.polling) return;
    this.polling = true;
    this.keepPolling();
  }

  upload(file: File): Promise<string> {
    return this.calls.upload(file);
  }

  download(fileId: string): Promise<void> {
    return this.calls.download(fileId);
  }

  async history(): Promise<void> {}

  async poll(): Promise<void> {
    await this.pollOnce();
  }

  async call(): Promise<void> {}

  close(): void {
    this.closing.abort();
  }

  private async keepPolling(): Promise<void> {
    while (!this.closing.signal.aborted && this.listener?.expectsMore() === true) {
      const status = await this.pollOnce();
      if (status === 404) return;
      if (status !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The status of one poll, 0 where there was no answer. */
  private async pollOnce(): Promise<number> {
    try {
      // Past the cache: it would keep a second poll back until the first is answered.
      const answer = await fetch(this.calls.url('/relay/poll'), {
        cache: 'no-store',
        signal: this.closing.signal,
      });
      const text = await answer.text();
      if (answer.ok) for (const body of bodiesIn(text, this.settings.framing)) this.listener?.heard(body);
      else this.listener?.trouble(`A poll failed (${answer.status}).`);
      return answer.status;
    } catch (error) {
      if (!this.closing.signal.aborted) this.listener?.trouble(String(error));
      return 0;
    }
  }
}
