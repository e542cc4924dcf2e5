import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { transformWithOxc } from 'vite';
import { visitorPart } from './cues.ts';
import type { Exchange } from './exchange.ts';
import { choose, type Defaults } from './opening.ts';
import type { Settings } from './page/settings.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { TRANSPORTS } from './script.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
};

/**
 * Answers with the demo's own pages: the shop at `/`, the widget's frame at `/widget/chat.html`, their files, a flood at `/__flood`, and a page
 * that chats from its first inline script on at `/early`.
 */
export async function answerPage(exchange: Exchange, defaults: Defaults): Promise<void> {
  const { pathname } = exchange.url;
  const [, file] = /^\/page\/([a-z-]+\.(?:css|ts))$/.exec(pathname) ?? [];
  try {
    if (pathname === '/') return send(exchange, '.html', await document('page.html', exchange.url, defaults));
    if (pathname === '/widget/chat.html') {
      return send(exchange, '.html', await document('widget.html', exchange.url, defaults));
    }
    if (pathname === '/early') return send(exchange, '.html', await read('early.html'));
    if (pathname === '/__flood') return send(exchange, '.html', await read('flood.html'));
    if (pathname === '/favicon.ico') return exchange.answer(204, {}, '');
    if (file !== undefined) return send(exchange, extname(file), await asset(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  exchange.answer(404, { 'Content-Type': 'text/plain; charset=utf-8' }, 'There is nothing here.\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function send(exchange: Exchange, extension: string, content: string): void {
  exchange.answer(200, { 'Content-Type': TYPES[extension] ?? '', 'Cache-Control': 'no-store' }, content);
}

/** A file of the page; TypeScript without its types, as browsers read it. */
async function asset(name: string): Promise<string> {
  const source = await read(name);
  return name.endsWith('.ts') ? (await transformWithOxc(source, name)).code : source;
}

async function document(name: string, url: URL, defaults: Defaults): Promise<string> {
  const settings = settingsFor(url, defaults);
  const options = SCENARIOS.map(({ name: value, title }) => {
    const selected = value === settings.scenario ? ' selected' : '';
    return `<option value="${value}"${selected}>${title}</option>`;
  });
  const blanks: Readonly<Record<string, string>> = {
    // `</script>` in a string would end the element.
    '"%SETTINGS%"': JSON.stringify(settings).replaceAll('<', '\\u003c'),
    '%SCENARIOS%': options.join(''),
    '"%PACE%"': `"${settings.pace}"`,
    '%AUTO%': settings.auto ? 'checked' : '',
    '"%ABOUT%"': `"${escaped(settings.about)}"`,
    '%CONVERSATION%': await read('conversation.html'),
  };
  return (await read(name)).replace(/"?%[A-Z]+%"?/g, (blank) => blanks[blank] ?? blank);
}

function settingsFor(url: URL, defaults: Defaults): Settings {
  const query = url.searchParams;
  const { scenario, pace, scripted, wrap, framing } = choose((name) => query.get(name), defaults);
  const asked = query.get('transports')?.split(',');
  const choice = new URLSearchParams({
    scenario: scenario.name,
    pace: String(pace),
    auto: scripted ? '1' : '0',
  });
  if (wrap !== null) choice.set('wrap', wrap);
  if (framing !== null) choice.set('framing', framing.name);
  const api = query.get('api') === 'v2' ? 'v2' : 'v1';
  const apiOrigin = `http://localhost:${url.port}`;
  const about = query.get('about') ?? '';
  return {
    scenario: scenario.name,
    about,
    parts: TRANSPORTS.filter((transport) => asked?.includes(transport) ?? true).map((transport) => ({
      transport,
      part: visitorPart(scenario, transport),
    })),
    auto: scripted,
    pace,
    api,
    apiOrigin,
    pageOrigin: `http://127.0.0.1:${url.port}`,
    widgetUrl: `${apiOrigin}/widget/chat.html?${choice}&api=${api}&about=${encodeURIComponent(about)}`,
    binary: query.get('binary') === 'arraybuffer' ? 'arraybuffer' : 'blob',
    framing: framing?.name ?? null,
    choice: choice.toString(),
  };
}

function read(name: string): Promise<string> {
  return readFile(new URL(`./page/${name}`, import.meta.url), 'utf8');
}
