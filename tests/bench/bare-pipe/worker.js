// The switchboard's hop: whatever one side says goes to the other.
const ports = {};
chrome.runtime.onConnect.addListener((port) => {
  ports[port.name] = port;
  const other = port.name === 'page' ? 'panel' : 'page';
  port.onMessage.addListener((message) => ports[other]?.postMessage(message));
});
