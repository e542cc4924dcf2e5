// The relay's hop: orders go in, batches come out.
const channel = new MessageChannel();
const out = chrome.runtime.connect({ name: 'page' });
channel.port1.onmessage = ({ data }) => out.postMessage(data);
out.onMessage.addListener((order) => channel.port1.postMessage(order));
addEventListener('load', () => postMessage('port', '*', [channel.port2]));
