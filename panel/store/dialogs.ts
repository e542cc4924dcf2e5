/** What lies over the panel, one at a time. */
import { type Signal, signal } from '@preact/signals';

export type DialogName = 'settings' | 'frames' | 'export' | 'keys';

export class Dialogs {
  readonly open: Signal<DialogName | null> = signal(null);
  /** A pattern that the settings open with, for the person to save. */
  readonly offeredPattern = signal('');

  show(name: DialogName): void {
    this.offeredPattern.value = '';
    this.open.value = name;
  }

  /** @param pattern of URLs, added to what is set once the person saves it */
  showSettings(pattern: string): void {
    this.show('settings');
    this.offeredPattern.value = pattern;
  }

  /** Another one that has taken its place stays. */
  close(name: DialogName): void {
    if (this.open.peek() === name) this.open.value = null;
  }

  toggle(name: DialogName): void {
    if (this.open.peek() === name) this.close(name);
    else this.show(name);
  }
}
