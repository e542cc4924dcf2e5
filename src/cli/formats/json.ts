import type { FileReport, ReportedFinding } from '../report.ts';
import type { Format } from './format.ts';

/** Version of the document; a reader may rely on every key that it has. */
const VERSION = 1;

/** One JSON document for all files, for programs. */
export function jsonFormat(): Format {
  const files: unknown[] = [];
  return {
    file: ({ file, events, sessions, findings }: FileReport) => {
      files.push({ file, events, sessions, findings: findings.map(findingJson) });
      return '';
    },
    end: () => `${JSON.stringify({ version: VERSION, files }, null, 2)}\n`,
  };
}

function findingJson(reported: ReportedFinding): object {
  const { rule, severity, seq, event, session, path, message, evidence, count, exchange, frame } = reported;
  return {
    ...{ rule, severity, seq, event, session, path, message, evidence, count },
    ...(exchange === null ? {} : { exchange }),
    ...(frame === null ? {} : { frame }),
  };
}
