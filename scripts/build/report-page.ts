/** The page of a report: built once by itself, as one HTML text, and taken into the panel and the command line as it is. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { DATA_PLACE } from '../../src/report/formats/html.ts';
import { PROJECT } from '../project.ts';

/** Where the built page lies. */
export const REPORT_PAGE = join(PROJECT, 'dist', 'report', 'page.html');

const MODULE = 'virtual:report-page';

/** Gives the built page as the text of a module. */
export function reportPageModule(): Plugin {
  return {
    name: 'report-page-module',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: (id) =>
      id === `\0${MODULE}`
        ? `export default ${JSON.stringify(readFileSync(REPORT_PAGE, 'utf8'))};`
        : undefined,
  };
}

/** Makes the page of the bundle's one script and one style sheet. */
export function reportPageFile(): Plugin {
  return {
    name: 'report-page-file',
    apply: 'build',
    writeBundle: (_, bundle) => {
      let script = '';
      let style = '';
      let licenses = '';
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') script += file.code;
        else if (file.fileName.endsWith('.css')) style += String(file.source);
        else if (file.fileName === 'licenses.md') licenses = String(file.source);
      }
      mkdirSync(dirname(REPORT_PAGE), { recursive: true });
      writeFileSync(REPORT_PAGE, reportPage(script, style, licenses));
    },
  };
}

/** The licences of what is bundled go with every copy. The policy names the script and the style by their hashes, and allows nothing else: no request of any kind. */
export function reportPage(code: string, style: string, licenses: string): string {
  const script = code.replaceAll(/<(?=\/script|!--|script)/gi, '\\x3c').trim();
  const sheet = style.replaceAll(/<(?=\/)/g, '\\3c ').trim();
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(sheet)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Chat session report</title>
<style>${sheet}</style>
</head>
<body>
<div id="app"></div>
<noscript>This report needs scripts. It makes no request, and its trace can be read by “chat-inspector check”.</noscript>
${DATA_PLACE}
<script type="text/plain" id="licenses">${licenses.replaceAll('<', '‹')}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
