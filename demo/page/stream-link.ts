import { bodiesIn } from './framing.ts';
import type { Link, LinkListener } from './link.ts';
import { STREAM_NAMES } from './reading.ts';
import { RelayCalls } from './relay-calls.ts';
import type { Settings } from './settings.ts';

/** A chat over a customer's relay by server-sent events; what the visitor says goes by POST. */
export class StreamLink implements Link {
  private readonly calls: RelayCalls;
  private listener: LinkListener | null = null;
  private stream: EventSource | null = null;

  constructor(private readonly settings: Settings) {
    this.calls = new RelayCalls(settings, (message) => this.listener?.trouble(message));
  }

  get chatId(): string {
    return this.calls.chatId;
  }

  open(listener: LinkListener): Promise<void> {
    this.listener = listener;
    const stream = new EventSource(this.calls.url('/stream'));
    this.stream = stream;
    const heard = (event: MessageEvent<unknown>) => {
      for (const body of bodiesIn(String(event.data), this.settings.framing)) listener.heard(body);
    };
    stream.addEventListener('message', heard);
    for (const name of STREAM_NAMES) stream.addEventListener(name, heard);
    return new Promise((resolve) => {
      stream.addEventListener('open', () => resolve());
      stream.addEventListener('error', () => {
        listener.trouble(
          stream.readyState === EventSource.CLOSED ? 'The stream failed.' : 'The stream broke off.',
        );
        resolve();
      });
    });
  }

  send(body: string): Promise<void> {
    return this.calls.send(body);
  }

  upload(file: File): Promise<string> {
    return this.calls.upload(file);
  }

  download(fileId: string): Promise<void> {
    return this.calls.download(fileId);
  }

  async history(): Promise<void> {}
  async poll(): Promise<void> {}
  async call(): Promise<void> {}

  close(): void {
    this.stream?.close();
  }
}
