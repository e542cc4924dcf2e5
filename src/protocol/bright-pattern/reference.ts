/** The reference of the protocol as Markdown, written from its declarations. */

import type { SessionModel } from '../chat-protocol.ts';
import type { EventDeclaration, FieldDeclaration, SourceRef } from '../declaration.ts';
import { toMermaid } from '../state-model.ts';
import { bodies, errorBody } from './body.ts';
import { type Call, calls } from './call.ts';
import { errorCodes } from './error-code.ts';
import { lookAlikes } from './event-validation.ts';
import { eventGroups } from './events.ts';
import { formModel } from './form-model.ts';
import { partyModel } from './party-model.ts';
import { sessionModel } from './session-model.ts';

/** The whole text of `docs/protocol.md`. */
export function reference(): string {
  return `${[
    '# The Bright Pattern chat API',
    '<!-- Written by `npm run docs:protocol` from src/protocol. Do not edit. -->',
    INTRODUCTION,
    '## Events',
    ...eventGroups.flatMap((group) => [`### ${group.title}`, ...group.events.map(eventSection)]),
    '## Look-alike keys',
    'Keys that pages write by mistake (`client/wrong-key`).',
    table(
      ['key', 'meant'],
      lookAlikes.map(({ wrong, right }) => [code(wrong), code(right)]),
    ),
    '## Calls',
    'Below `https://<host>/clientweb/api/v1` or `/v2`. Hosts are white-labelled and may put a path before it.',
    table(['call', 'what it is', 'versions', '`tenantUrl`', 'source'], calls.map(callRow)),
    '## Bodies',
    ...bodies.filter(({ fields }) => fields.length > 0).map((body) => bodySection(body.title, body.fields)),
    bodySection('Error', errorBody),
    '## Error codes',
    table(
      ['code', 'message', 'meaning', 'source'],
      errorCodes.map((each) => [each.code, escaped(each.message), escaped(each.meaning), link(each.source)]),
    ),
    '## The session',
    'No document gives the steps from state to state: they are our judgement.',
    modelSection(sessionModel),
    '## A party',
    modelSection(partyModel),
    '## A form',
    modelSection(formModel),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `What the inspector knows of the "Mobile/Web Messaging API", v1 and v2: HTTP long polling, JSON bodies.
Each fact has its evidence: **documented** in the vendor's documents, **observed** in the vendor's clients or in
published traffic, or **inferred**, which is our judgement. Timestamps are documented in milliseconds or seconds; every
published sample is a string of ten digits, that is, seconds. What has no version is in all documents, from 3.x on.`;

const DIRECTIONS = { server: 'server → client', client: 'client → server', both: 'both ways' } as const;

function eventSection(event: EventDeclaration): string {
  const facts = [DIRECTIONS[event.direction], event.evidence, versions(event), link(event.source)];
  return [
    `#### ${code(event.name)} (${event.direction})`,
    `${escaped(event.meaning)}`,
    `*${facts.filter((fact) => fact !== '').join(' · ')}*`,
    event.fields.length === 0 ? 'No fields.' : fieldTable(event.fields, event.source),
  ].join('\n\n');
}

function bodySection(title: string, fields: readonly FieldDeclaration[]): string {
  return [`### ${title}`, fieldTable(fields)].join('\n\n');
}

/** `around` is the source given above the table: only other ones are named in it. */
function fieldTable(fields: readonly FieldDeclaration[], around?: SourceRef): string {
  return table(
    ['field', 'type', 'presence', 'meaning', 'evidence'],
    fields.flatMap((field) => fieldRows(field, '', around)),
  );
}

function fieldRows(
  field: FieldDeclaration,
  prefix: string,
  around: SourceRef | undefined,
): readonly (readonly string[])[] {
  const name = `${prefix}${field.name}`;
  const row = [
    code(name),
    fieldType(field),
    presence(field),
    fieldMeaning(field),
    fieldEvidence(field, around),
  ];
  const inside = field.type === 'array' ? `${name}[].` : `${name}.`;
  return [row, ...(field.members ?? []).flatMap((member) => fieldRows(member, inside, around))];
}

function fieldType(field: FieldDeclaration): string {
  const loose = field.loose?.length ? `; seen: ${field.loose.join(', ')}` : '';
  return `${[field.type, ...(field.also ?? [])].join(' or ')}${field.unit ? ` (${field.unit})` : ''}${loose}`;
}

function presence(field: FieldDeclaration): string {
  return field.absentIsLoose ? `${field.presence}; seen absent` : field.presence;
}

function fieldMeaning(field: FieldDeclaration): string {
  const values = (field.values ?? []).map(
    ({ value, meaning, evidence }) =>
      `${code(value)}${evidence === 'documented' ? '' : ` (${evidence})`}: ${meaning}`,
  );
  const notes = field.sensitive ? ['*Sensitive.*'] : [];
  return [escaped(field.meaning), ...values.map(escaped), ...notes].join('<br>');
}

function fieldEvidence(field: FieldDeclaration, around: SourceRef | undefined): string {
  const from = field.source.url === around?.url ? '' : link(field.source);
  return [field.evidence, versions(field), from].filter((part) => part !== '').join(', ');
}

function callRow(each: Call): readonly string[] {
  return [
    code(`${each.method} ${each.path}`),
    `**${each.title}.** ${escaped(each.meaning)}`,
    each.versions.join(', '),
    each.tenantUrl,
    link(each.source),
  ];
}

function modelSection(model: SessionModel): string {
  const steps = model.transitions.filter(({ from, to }) => from !== to);
  return [
    `\`\`\`mermaid\n${toMermaid(model)}\`\`\``,
    table(
      ['state', 'kind', 'meaning', 'evidence', 'source'],
      model.states.map((state) => [
        code(state.id),
        state.kind,
        escaped(state.meaning),
        state.evidence,
        link(state.source),
      ]),
    ),
    table(
      ['from', 'to', 'by', 'meaning', 'evidence'],
      steps.map((step) => [
        code(step.from),
        code(step.to),
        step.trigger,
        escaped(step.meaning),
        step.evidence,
      ]),
    ),
  ].join('\n\n');
}

function versions({ since, until }: { readonly since?: string; readonly until?: string }): string {
  return [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text: string) => `\`${text}\``;
const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('<br>', '&lt;br&gt;');
const link = ({ label, url }: SourceRef) => `[${label}](${url})`;
