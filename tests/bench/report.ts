import { cpus } from 'node:os';

/** One line of the benchmark's table. A `budget` that is over makes the whole run fail. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly budget?: string;
  readonly over?: boolean;
}

export interface Section {
  readonly title: string;
  readonly how: string;
  readonly figures: readonly Figure[];
}

/** The figures as Markdown, for the terminal and for docs/benchmarks.md alike. */
export function asMarkdown(sections: readonly Section[], browser: string): string {
  const machine = `${cpus().length} cores, Node ${process.version}, ${browser}, ${new Date().toISOString().slice(0, 10)}`;
  const parts = sections.map(({ title, how, figures }) => {
    const lines = figures.map(
      ({ what, value, budget, over }) =>
        `| ${what} | ${value} | ${budget ?? ''} | ${budget === undefined ? '' : over ? '**over**' : 'held'} |`,
    );
    return `## ${title}\n\n${how}\n\n| what | figure | budget | |\n|---|---|---|---|\n${lines.join('\n')}\n`;
  });
  return [
    '# Benchmarks',
    `Written by \`npm run bench -- --write\` on: ${machine}. The machine is shared and noisy: read ratios and medians, not single times.`,
    ...parts,
  ].join('\n\n');
}

export const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
export const microseconds = (value: number) => `${value.toFixed(2)} µs`;
