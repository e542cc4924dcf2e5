/**
 * `/__flood?n=10000&transport=ws|sse|fetch|xhr&size=300&rate=0&batch=100`: reads a flood of chat events and does
 * nothing with them. When all have come, `data-done` on the document is true, `data-count` how many messages came
 * (batches for polls) and `data-elapsed` the milliseconds from the first request to the last of them. In a frame the
 * page around it is told so.
 */

export {};

const query = new URLSearchParams(location.search);
const n = Number(query.get('n') ?? '10000');
const batch = Number(query.get('batch') ?? '100');
const flood = `flood=${n}&size=${query.get('size') ?? '300'}&rate=${query.get('rate') ?? '0'}&batch=${batch}`;

const start = performance.now();
const count = await readFlood(query.get('transport') ?? 'ws');
const elapsed = performance.now() - start;
const { dataset } = document.documentElement;
dataset.count = String(count);
dataset.elapsed = String(elapsed);
dataset.done = 'true';
const line = document.querySelector('[role="status"]');
if (line !== null) line.textContent = `${count} messages in ${elapsed.toFixed(1)} ms`;
if (parent !== window) parent.postMessage('flood read', '*');

function readFlood(transport: string): Promise<number> {
  switch (transport) {
    case 'sse':
      return readStream();
    case 'fetch':
      return poll(async (url) => (await fetch(url, { cache: 'no-store' })).text());
    case 'xhr':
      return poll(byXhr);
    default:
      return readSocket();
  }
}

function readSocket(): Promise<number> {
  return new Promise((resolve) => {
    let messages = 0;
    const socket = new WebSocket(`ws://${location.host}/rt?${flood}`);
    socket.addEventListener('message', () => {
      messages += 1;
      if (messages === n) resolve(messages);
    });
    socket.addEventListener('close', () => resolve(messages));
  });
}

function readStream(): Promise<number> {
  return new Promise((resolve) => {
    let messages = 0;
    const stream = new EventSource(`/stream?${flood}`);
    stream.addEventListener('message', () => {
      messages += 1;
      if (messages < n) return;
      stream.close();
      resolve(messages);
    });
  });
}

/** Polls one batch after the other; the number of polls. */
async function poll(get: (url: string) => Promise<string>): Promise<number> {
  let polls = 0;
  for (let from = 0; from < n; from += batch) {
    await get(`/relay/poll?${flood}&from=${from}`);
    polls += 1;
  }
  return polls;
}

function byXhr(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.onloadend = () => resolve(request.responseText);
    request.send();
  });
}
