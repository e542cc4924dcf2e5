import type { Transport } from '../script.ts';
import { AUTHORIZATION, apiUrl } from './api-address.ts';
import { Conversation, fromTemplate, part } from './conversation.ts';
import { FetchLink } from './fetch-link.ts';
import type { Link } from './link.ts';
import { readSettings } from './settings.ts';
import { SocketLink } from './socket-link.ts';
import { standingIn } from './standing.ts';
import { StreamLink } from './stream-link.ts';
import { Visitor } from './visitor.ts';

/** The shop's page: a panel for each transport. All done, it says so by `data-done` on the document. */

const settings = readSettings();
/** Where this tab keeps how the widget's chat stands, for each choice in the URL. */
const KEPT = `demo-chat ${location.search}`;
const panels = part(document, '#panels');
const TITLES: Readonly<Record<Transport, string>> = {
  xhr: 'Vendor’s widget · XHR',
  fetch: 'Relay · fetch',
  ws: 'Relay · WebSocket',
  sse: 'Relay · server-sent events',
};

const finished = settings.parts.map(({ transport, part: lines }) => {
  const section = panel(transport);
  return transport === 'xhr' ? frame(section) : relayed(section, linkFor(transport), lines);
});
Promise.all(finished).then(() => {
  document.documentElement.dataset.done = 'true';
});

function panel(transport: Transport): HTMLElement {
  const fragment = fromTemplate('panel');
  const section: HTMLElement = part(fragment, 'section');
  section.dataset.transport = transport;
  part(section, 'h2').textContent = TITLES[transport];
  panels.append(fragment);
  return section;
}

function linkFor(transport: 'fetch' | 'ws' | 'sse'): Link {
  switch (transport) {
    case 'fetch':
      return new FetchLink(settings);
    case 'ws':
      return new SocketLink(settings);
    case 'sse':
      return new StreamLink(settings);
  }
}

async function relayed(
  section: HTMLElement,
  link: Link,
  lines: (typeof settings.parts)[number]['part'],
): Promise<void> {
  const visitor = new Visitor(link, lines, new Conversation(section), settings);
  await started(section);
  await visitor.play();
}

/** As the vendor's loader does it: the host page asks what there is, and the chat itself runs in a frame. */
async function frame(section: HTMLElement): Promise<void> {
  section.classList.add('framed');
  await Promise.all(['configuration', 'availability'].map(ask));
  const earlier = settings.auto ? null : sessionStorage.getItem(KEPT);
  // A chat that went on when the page was reloaded is open again at once.
  if (earlier === null) await started(section);
  else part(section, 'button[name="start"]').hidden = true;
  const widget = document.createElement('iframe');
  widget.title = 'Chat widget';
  widget.src = settings.widgetUrl + (earlier === null ? '' : `#${encodeURIComponent(earlier)}`);
  section.append(widget);
  await new Promise<void>((resolve) => {
    addEventListener('message', ({ origin, data }) => {
      if (origin !== settings.apiOrigin) return;
      const standing = standingIn(data);
      if (standing !== null) sessionStorage.setItem(KEPT, standing);
      if (data === 'demo-chat-done') resolve();
    });
  });
  sessionStorage.removeItem(KEPT);
  section.dataset.state = 'done';
}

function ask(path: string): Promise<void> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', apiUrl(settings.apiOrigin, settings.api, path));
    request.setRequestHeader('Authorization', AUTHORIZATION);
    request.onloadend = () => resolve();
    request.send();
  });
}

/** Resolves when this chat shall start: at once where the visitor is scripted, else at the press of its button. */
function started(section: HTMLElement): Promise<void> {
  const button = part(section, 'button[name="start"]');
  button.hidden = settings.auto;
  if (settings.auto) return Promise.resolve();
  return new Promise((resolve) => {
    button.addEventListener('click', () => {
      button.hidden = true;
      resolve();
    });
  });
}
