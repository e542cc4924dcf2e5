import type { ChatProtocol } from '../protocol/chat-protocol.ts';
import type { EventDeclaration, FieldDeclaration } from '../protocol/declaration.ts';
import { protocols } from '../protocol/protocols.ts';
import { nearest } from './nearest.ts';
import { shownPart } from './plain-output.ts';
import type { Palette } from './terminal.ts';

/** Every event that is known, one a line. */
export function listEvents(colours: Palette, known: readonly ChatProtocol[] = protocols): string {
  const events = eventsOf(known);
  const width = Math.max(...events.map((event) => event.name.length));
  return events
    .map(({ name, direction, evidence, title }) => {
      const known = evidence === 'documented' ? '' : colours.note(` (${evidence})`);
      return `${name.padEnd(width)}  ${direction.padEnd(6)}  ${title}${known}\n`;
    })
    .join('');
}

/** What is known of one event: meaning, evidence and fields, for each direction that it has. */
export function describeEvent(
  name: string,
  colours: Palette,
  known: readonly ChatProtocol[] = protocols,
): { readonly text: string } | { readonly fault: string } {
  const events = eventsOf(known);
  const declarations = events.filter((event) => event.name === name);
  if (declarations.length > 0)
    return { text: declarations.map((event) => eventText(event, colours)).join('\n') };
  const near = nearest(
    name,
    events.map((event) => event.name),
  );
  const hint = near === null ? 'chat-inspector events lists them all' : `did you mean ${near}?`;
  return { fault: `there is no event ${shownPart(name)}; ${hint}` };
}

const eventsOf = (known: readonly ChatProtocol[]): readonly EventDeclaration[] =>
  known.flatMap(({ events }) => events);

function eventText(event: EventDeclaration, colours: Palette): string {
  const { name, direction, title, meaning, evidence, source, fields } = event;
  const from = { server: 'from the server', client: 'from the client', both: 'from either side' }[direction];
  return [
    `${colours.strong(name)}  ${from}${versions(event)}`,
    title,
    '',
    `  ${meaning}`,
    colours.faint(`  ${evidence}: ${source.label}${source.url === '' ? '' : `, ${source.url}`}`),
    '',
    ...(fields.length === 0 ? ['  no fields'] : fields.flatMap((field) => fieldLines(field, 2, colours))),
    '',
  ].join('\n');
}

function fieldLines(field: FieldDeclaration, indent: number, colours: Palette): string[] {
  const { name, type, presence, evidence, meaning, values, members } = field;
  const pad = ' '.repeat(indent);
  const unit = field.unit === undefined ? '' : ` in ${field.unit}`;
  const known = evidence === 'documented' ? '' : `, ${evidence}`;
  const sensitive = field.sensitive ? ', sensitive' : '';
  return [
    `${pad}${colours.strong(name)}  ${type}${unit}, ${presence}${known}${sensitive}${versions(field)}`,
    `${pad}    ${meaning}`,
    ...(values ?? []).map((value) => `${pad}    ${JSON.stringify(value.value)}  ${value.meaning}`),
    ...(members ?? []).flatMap((member) => fieldLines(member, indent + 4, colours)),
  ];
}

function versions({ since, until }: { readonly since?: string; readonly until?: string }): string {
  const first = since === undefined ? '' : `, since ${since}`;
  return until === undefined ? first : `${first}, until ${until}`;
}
