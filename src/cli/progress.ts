/** One line on standard error that says how far a file was read, where that is a terminal. */
import { plainLines } from './plain-output.ts';

/** How often the line is drawn again, in bytes read. */
const STEP = 8 * 1024 * 1024;

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export class Progress {
  readonly #output: Output;
  readonly #label: string;
  #next = 0;

  constructor(output: Output, label: string) {
    this.#output = output;
    this.#label = label;
  }

  show(read: number, total: number | undefined): void {
    if (this.#output.isTTY !== true || read < this.#next) return;
    this.#next = read + STEP;
    const share = total === undefined || total === 0 ? '' : `, ${Math.floor((100 * read) / total)} %`;
    this.#output.write(plainLines(`\r\u001b[K${this.#label}: ${(read / 1e6).toFixed(1)} MB${share}`));
  }

  clear(): void {
    if (this.#output.isTTY === true && this.#next > 0) this.#output.write('\r\u001b[K');
  }
}
