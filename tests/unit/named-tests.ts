import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A test by its file and a part of its title. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** The tests, and the rows of the benchmark, that a document names, as `file.ts` "title". */
export function namedTests(text: string): readonly NamedTest[] {
  return [...text.matchAll(/`([\w./-]+\.tsx?)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));
}

/** Those that do not exist, each in one line. */
export function missingTests(tests: readonly NamedTest[]): readonly string[] {
  return tests
    .filter(({ file, title }) => {
      const path = join(ROOT, file);
      return !existsSync(path) || !titlesIn(readFileSync(path, 'utf8')).includes(title);
    })
    .map(({ file, title }) => `${file}: ${title}`);
}

/** As they stand in the source, quotation marks in them as a reader writes them. */
function titlesIn(source: string): string {
  return source.replaceAll(/\\(['"`])/g, '$1');
}
