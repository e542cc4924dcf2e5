import type { FileReport, ReportedFinding } from '../report.ts';
import type { Format } from './format.ts';
import { JsonList } from './json-list.ts';

/** Version of the document; a reader may rely on every key that it has. */
const VERSION = 1;

/** One JSON document for all files, for programs. */
export function jsonFormat(): Format {
  const files = new JsonList(`{\n  "version": ${VERSION},\n  "files": [`, 2);
  return {
    file: ({ file, events, sent, sessions, findings, unread, unreadable, notes }: FileReport) =>
      files.add([
        { file, events, sent, sessions, unread, unreadable, notes, findings: findings.map(findingJson) },
      ]),
    end: () => `${files.end()}\n}\n`,
  };
}

function findingJson(reported: ReportedFinding): object {
  const { rule, severity, seq, event, session, path, message, evidence, count, exchange, frame, at } =
    reported;
  return {
    ...{ rule, severity, seq, event, session, path, message, evidence, count },
    ...(at === null ? {} : { at }),
    ...(exchange === null ? {} : { exchange }),
    ...(frame === null ? {} : { frame }),
  };
}
