import { bodiesIn, type Framing, framingByName } from './framing.ts';
import type { Link, LinkListener } from './link.ts';
import { RelayCalls } from './relay-calls.ts';
import type { Settings } from './settings.ts';

/** A chat over a customer's relay by WebSocket. Some of its own frames are binary, as some of the relay's are. */
export class SocketLink implements Link {
  private readonly calls: RelayCalls;
  private readonly framing: Framing | null;
  private listener: LinkListener | null = null;
  private socket: WebSocket | null = null;
  /** Blobs are read one after the other, so that what arrived first is heard first. */
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly settings: Settings) {
    this.framing = framingByName(settings.framing);
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
      this.reading = this.reading.then(async () => {
        const text = await textOfFrame(data);
        for (const body of bodiesIn(text, this.settings.framing)) listener.heard(body);
      });
    });
    return new Promise((resolve) => {
      socket.addEventListener('open', () => {
        for (const text of this.framing?.greeting.client ?? []) socket.send(text);
        resolve();
      });
      socket.addEventListener('close', ({ code }) => {
        if (code !== 1000) listener.trouble(`The socket closed (${code}).`);
        resolve();
      });
    });
  }

  async send(body: string): Promise<void> {
    if (this.socket?.readyState !== WebSocket.OPEN) return this.listener?.trouble('The socket is closed.');
    const framed = this.framing?.write(body, 'client') ?? body;
    if (this.framing && this.framing.heartbeat.client !== '') this.socket.send(this.framing.heartbeat.client);
    this.socket.send(body.includes('"chat_session_not_typing"') ? new TextEncoder().encode(framed) : framed);
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
