import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these programs that this machine has: a bare name is looked for in PATH, a path is taken as it is. */
export function firstExecutable(candidates: readonly string[]): string | undefined {
  for (const candidate of candidates) {
    const places = candidate.includes('/') || candidate.includes('\\') ? [candidate] : inPath(candidate);
    const found = places.find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

function inPath(name: string): string[] {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((directory) => names.map((file) => join(directory, file)));
}

/** True for a file that may be run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
