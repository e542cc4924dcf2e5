/** What lies over the panel, one at a time. */
import { type Signal, signal } from '@preact/signals';
import type { ComparedSide } from './comparing.ts';

export type DialogName = 'settings' | 'frames' | 'export' | 'keys' | 'columns';

export class Dialogs {
  readonly open: Signal<DialogName | null> = signal(null);
  /** A pattern that the settings open with, for the person to save. */
  readonly offeredPattern = signal('');

  /** A session that the export dialog opens with, to make a test of it. */
  offeredTest: ComparedSide | null = null;

  show(name: DialogName): void {
    this.offeredPattern.value = '';
    this.offeredTest = null;
    this.open.value = name;
  }

  /** @param pattern of URLs, added to what is set once the person saves it */
  showSettings(pattern: string): void {
    this.show('settings');
    this.offeredPattern.value = pattern;
  }

  /** The export dialog, to make a test of the session. */
  showTest(side: ComparedSide): void {
    this.show('export');
    this.offeredTest = side;
  }

  /** Another one that has taken its place stays. */
  close(name: DialogName): void {
    if (this.open.peek() !== name) return;
    this.open.value = null;
    this.offeredTest = null;
  }

  toggle(name: DialogName): void {
    if (this.open.peek() === name) this.close(name);
    else this.show(name);
  }
}
