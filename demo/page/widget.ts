import { Conversation, part } from './conversation.ts';
import { readSettings } from './settings.ts';
import { Visitor } from './visitor.ts';
import { XhrLink } from './xhr-link.ts';

/** The widget's own document, on the API's origin: the chat over XHR, and a word to the host page when it is over. */

const settings = readSettings();
const lines = settings.parts.find(({ transport }) => transport === 'xhr');
if (lines !== undefined) {
  new Visitor(new XhrLink(settings), lines.part, new Conversation(part(document, 'main')), settings)
    .play()
    .then(() => parent.postMessage('demo-chat-done', settings.pageOrigin));
}
