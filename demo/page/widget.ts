import { Conversation, part } from './conversation.ts';
import { readSettings } from './settings.ts';
import { readStanding, type Standing, standingMessage } from './standing.ts';
import { Visitor } from './visitor.ts';
import { INITIAL_ID, XhrLink } from './xhr-link.ts';

/** The widget's own document, on the API's origin: the chat over XHR, and a word to the host page when it is over. */

const settings = readSettings();
const lines = settings.parts.find(({ transport }) => transport === 'xhr');
if (lines !== undefined) {
  const earlier = settings.auto ? null : readStanding(location.hash);
  const link = new XhrLink(settings, earlier?.chatId ?? '');
  const how = {
    ...settings,
    firstId: settings.about === '' ? 1 : Number(INITIAL_ID) + 2,
    ...(earlier === null ? {} : { earlier }),
    keep: (standing: Standing) => parent.postMessage(standingMessage(standing), settings.pageOrigin),
  };
  new Visitor(link, lines.part, new Conversation(part(document, 'main')), how)
    .play()
    .then(() => parent.postMessage('demo-chat-done', settings.pageOrigin));
}
