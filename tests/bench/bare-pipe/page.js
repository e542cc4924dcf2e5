// The page's end: on each order so many events, in batches, all posted at once.
addEventListener('message', ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = ({ data: { events, batch, size } }) => {
    for (let from = 0; from < events; from += batch) {
      const texts = [];
      for (let n = from; n < from + batch; n++) texts.push(`${n}`.padEnd(size, 'x'));
      port.postMessage(texts);
    }
  };
});
