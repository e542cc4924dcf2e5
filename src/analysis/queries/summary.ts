/** One line in words for a row: what happened, for a person who scans the timeline. */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import { shortened } from '../../text/humanize.ts';
import type { RowIndex } from '../api/analysis.ts';
import { eventOfRow, ownText } from '../state/row-bytes.ts';
import type { TraceState } from '../state/trace-state.ts';
import { partyName, readerOfRow, sessionOfRow } from './row-party.ts';

export function summaryOfRow(state: TraceState, row: RowIndex): string {
  const { rows } = state;
  switch (rows.kind(row)) {
    case 'event':
    case 'replay': {
      const event = eventOfRow(state, row);
      if (event === null) return '';
      const { protocol, kinds } = readerOfRow(state, row) ?? state.firstReader;
      const { canonical, fields } = kinds.of(rows.name(row));
      const template = protocol.summary(canonical);
      return template === null ? shortened(fields.text(event)) : template.say(event, partyName(state, row));
    }
    case 'exchange':
      return exchangeInWords(state, row);
    default:
      return plainInWords(state, row);
  }
}

/**
 * Which words of a filter's text must be in an event's own bytes (or names) for its summary to hold the text: those
 * that its template does not add. Null when the template adds none of them: then the bytes alone decide.
 */
export function wordsNotOfTemplate(
  protocol: ChatProtocol,
  name: string,
  words: readonly string[],
): readonly string[] | null {
  const template = protocol.summary(name);
  if (template === null) return null;
  const added = template.words.toLowerCase();
  const isAdded = (word: string) =>
    word === '' || added.includes(word) || (template.numbers === true && /\d/.test(word));
  return words.some(isAdded) ? words.filter((word) => !isAdded(word)) : null;
}

function exchangeInWords(state: TraceState, row: RowIndex): string {
  const { rows, exchanges, observations } = state;
  const { protocol } = readerOfRow(state, row) ?? state.firstReader;
  const { bodies } = protocol;
  if (rows.direction(row) === 'out') return 'request';
  const exchange = rows.exchange(row);
  const response = observations[exchanges.response(exchange)];
  const outcome = exchanges.outcome(exchange);
  if (outcome === 'aborted') return 'given up by the page';
  if (outcome === 'failed') return 'failed';
  const status = response?.kind === 'response' ? response.status : 0;
  const body = eventOfRow(state, row);
  const code = body === null ? null : bodies.errorCode(body);
  if (body !== null && code !== null) {
    const known = protocol.errorCode(code)?.message ?? bodies.errorMessage(body) ?? '';
    return shortened(`${status || ''} ${code} ${known}`.trim());
  }
  if (status >= 400) return `${status} ${response?.kind === 'response' ? response.statusText : ''}`.trim();
  const told = body === null ? '' : bodies.summary(body);
  if (told !== '') return told;
  const session = sessionOfRow(state, row);
  if (exchanges.operation(exchange).role === 'poll')
    return ownText(state, row) === '' ? 'empty answer' : 'no new events';
  return session === undefined && status === 0 ? '' : `${status || ''}`.trim();
}

function plainInWords(state: TraceState, row: RowIndex): string {
  const observation = state.observations[state.rows.observation(row)];
  switch (observation?.kind) {
    case 'document':
      return shortened(observation.url);
    case 'gap':
      return observation.count === 0
        ? `what came last may be lost (${observation.reason})`
        : `${observation.count} observations lost (${observation.reason})`;
    case 'page-error':
      return shortened(observation.message);
    case 'annotation':
      return shortened(observation.text);
    case 'socket-open':
      return shortened(observation.url);
    case 'socket-close':
      return `code ${observation.code}${observation.reason ? `: ${shortened(observation.reason)}` : ''}`;
    case 'abort':
      return shortened(observation.reason);
    case 'error':
      return shortened(observation.message);
    default:
      return shortened(ownText(state, row));
  }
}
