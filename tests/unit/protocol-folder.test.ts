/** A protocol is one folder: its names stand nowhere else in the product, and nothing else imports it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brightPattern } from '../../src/protocol/bright-pattern/bright-pattern.ts';

const root = resolve(import.meta.dirname, '../..');
const HOME = 'src/protocol/bright-pattern/';
/** The list of protocols, which names each once. */
const LIST = 'src/protocol/protocols.ts';
/** What the page hook takes in of every protocol: it joins their marks. */
const MARKS = 'src/protocol/marks.ts';

/** Names of the vendor, its product and its API, whatever the case. */
const VENDOR = [
  'bright.?pattern',
  'service.?pattern',
  'bugfocus',
  'clientweb',
  'webchat',
  'mobile-api',
  'tenant.?url',
];
/** Members of its JSON that nobody else would name so. */
const members = new Set([
  ...brightPattern.events.flatMap(({ fields }) => fields.map(({ name }) => name)),
  ...'chat_id error_code error_message initial_message phone_number party_id session_id server_version'.split(
    ' ',
  ),
]);
const names = [
  ...brightPattern.events.map(({ name }) => name),
  brightPattern.namePrefix,
  ...[...members].filter((name) => name.includes('_')),
  ...brightPattern.errorCodes.map(({ code }) => `['"\`]${code}['"\`]`),
];
const FORBIDDEN = new RegExp(
  [...VENDOR, ...names.map((name) => (/\w$/.test(name) ? `\\b${name}\\b` : name))].join('|'),
  'i',
);

function productFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'testing' ? [] : productFiles(path);
    return /\.(?:tsx?|html|css)$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path] : [];
  });
}

const files = ['src', 'panel'].flatMap((folder) => productFiles(join(root, folder)));
const outside = files
  .map((path) => ({ path, name: relative(root, path) }))
  .filter(({ name }) => !name.startsWith(HOME) && name !== LIST);
/** Names of folders are said where they are joined. */
const withoutImports = (text: string) => text.replaceAll(/^(?:import|export) .* from .*$/gm, '');

function wordsIn(text: string): string[] {
  return text.split('\n').flatMap((line, at) => (FORBIDDEN.test(line) ? [`${at + 1}: ${line.trim()}`] : []));
}

describe('outside of the folder of a protocol', () => {
  test('none of its names stands', () => {
    const found = outside.flatMap(({ path, name }) => {
      const text = readFileSync(path, 'utf8');
      return wordsIn(name === MARKS ? withoutImports(text) : text).map((line) => `${name}:${line}`);
    });
    expect(found).toEqual([]);
  });

  test('nobody imports it', () => {
    const imports = (path: string) =>
      [...readFileSync(path, 'utf8').matchAll(/['"](\.[^'"]+)['"]/g)].map((match) =>
        relative(root, resolve(dirname(path), match[1] ?? '')),
      );
    const found = outside.flatMap(({ path, name }) =>
      imports(path)
        .filter((target) => target.startsWith(HOME) && !(name === MARKS && target === `${HOME}marks.ts`))
        .map((target) => `${name} imports ${target}`),
    );
    expect(found).toEqual([]);
  });

  test.each([
    "if (name === 'chat_session_ended') end();",
    'const { party_id } = event;',
    "if (code === '5005') gone();",
    '// The Bright Pattern widget does so.',
    "url.includes('/clientweb/api/')",
    "value === 'WebChat'",
  ])('%s would be found', (line) => {
    expect(wordsIn(line)).toHaveLength(1);
  });

  test('ordinary words would not', () => {
    expect(wordsIn("const state = session.state; const type = 'event'; // the chat of a session")).toEqual(
      [],
    );
  });
});
