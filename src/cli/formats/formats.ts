/** The formats of the command line. A new one is a file beside this one and a line here. */
import type { Format, FormatOptions } from './format.ts';
import { githubFormat } from './github.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import { sarifFormat } from './sarif.ts';
import { textFormat } from './text.ts';

/** Every format by its name on the command line. */
export const formats = {
  text: textFormat,
  json: jsonFormat,
  junit: junitFormat,
  sarif: sarifFormat,
  github: githubFormat,
} as const satisfies Record<string, (options: FormatOptions) => Format>;

export type FormatName = keyof typeof formats;
