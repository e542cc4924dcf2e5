import type { Link, LinkListener } from './link.ts';
import { RelayCalls } from './relay-calls.ts';
import type { Settings } from './settings.ts';

/** A chat over a customer's relay by WebSocket. Some of its own frames are binary, as some of the relay's are. */
export class SocketLink implements Link {
  private readonly calls: RelayCalls;
  private listener: LinkListener | null = null;
  private socket: WebSocket | null = null;
  /** Blobs are read one after the other, so that what arrived first is heard first. */
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly settings: Settings) {
    this.calls = new RelayCalls(settings, (message) => this.listener?.trouble(message));
  }

  get chatId(): string {
    return this.calls.chatId;
  }

  open(listener: LinkListener): Promise<void> {
    this.listener = listener;
    const url = new URL(this.calls.url('/rt'), location.href);
    url.protocol = 'ws:';
    const socket = new WebSocket(url);
    socket.binaryType = this.settings.binary;
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.reading = this.reading.then(async () => listener.heard(await textOfFrame(data)));
    });
    return new Promise((resolve) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('close', ({ code }) => {
        if (code !== 1000) listener.trouble(`The socket closed (${code}).`);
        resolve();
      });
    });
  }

  async send(body: string): Promise<void> {
    if (this.socket?.readyState !== WebSocket.OPEN) return this.listener?.trouble('The socket is closed.');
    this.socket.send(body.includes('"chat_session_not_typing"') ? new TextEncoder().encode(body) : body);
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
    this.socket?.close(1000);
  }
}

async function textOfFrame(data: unknown): Promise<string> {
  if (typeof data === 'string') return data;
  if (data instanceof Blob) return data.text();
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : '';
}
