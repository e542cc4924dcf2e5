/** Names of files that are written: they say what was recorded when, and whether it was redacted. */
import type { ConvertFormat } from './convert.ts';
import type { Profile } from './redaction/profile.ts';

const EXTENSIONS: Readonly<Record<ConvertFormat | 'bug-report', string>> = {
  'bug-report': 'zip',
  ndjson: 'ndjson',
  har: 'har',
  html: 'html',
  csv: 'csv',
  markdown: 'md',
  mermaid: 'mmd',
  msw: 'handlers.ts',
  playwright: 'spec.ts',
};

/** `chat-inspector-2026-11-23-104500-share.ndjson`, in local time; `-sensitive` where nothing is replaced. */
export function suggestedName(date: Date, to: ConvertFormat | 'bug-report', profile: Profile): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
  const content = profile.base === 'none' ? 'sensitive' : profile.base;
  const less = profile.kept.size > 0 ? '-in-part' : '';
  return `chat-inspector-${day}-${clock}-${content}${less}.${EXTENSIONS[to]}`;
}

/** The name or path with `-sensitive` before its extension where nothing is replaced and it does not say so. */
export function outputName(name: string, profile: Profile): string {
  if (profile.base !== 'none') return name;
  const [, folder = '', stem = '', ending = ''] =
    /^(.*[/\\])?(.+?)((?:\.(?:spec|test|handlers))?(?:\.[^./\\]*?)?(?:\.gz)?)$/is.exec(name) ?? [];
  return stem === '' || stem.endsWith('-sensitive') ? name : `${folder}${stem}-sensitive${ending}`;
}
