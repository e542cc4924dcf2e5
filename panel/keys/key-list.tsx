/** The list of keys. */
import { CloseIcon } from '../icons/icons.tsx';
import { Popover } from '../layout/popover.tsx';
import type { Inspector } from '../store/inspector.ts';
import { SHORTCUTS, type Shortcut } from './shortcuts.ts';
import './key-list.css';

/** Those of lists, fields and dialogs, which are the browser's usual ones. */
const IN_PARTS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['↑', '↓'], 'Row before, next row'],
  [['Page Up', 'Page Down', 'Home', 'End'], 'Move by pages, to the first, to the last row'],
  [['Enter'], 'Open the details of the row'],
  [['Tab'], 'Take the suggestion of the filter'],
];

export function KeyList({ inspector }: { inspector: Inspector }) {
  const close = () => inspector.dialogs.close('keys');
  return (
    <Popover label="Keys" close={close}>
      <div class="key-list-head">
        <h2>Keys</h2>
        <button type="button" class="tool" aria-label="Close keys" title="Close (Esc)" onClick={close}>
          <CloseIcon />
        </button>
      </div>
      <dl class="key-list">
        {grouped(SHORTCUTS).map(([does, keys]) => (
          <Keys key={does} does={does} keys={keys} />
        ))}
        {IN_PARTS.map(([keys, does]) => (
          <Keys key={does} does={does} keys={keys} />
        ))}
      </dl>
      <p class="quiet">Letters and digits hold while no field has the focus.</p>
    </Popover>
  );
}

function Keys({ does, keys }: { does: string; keys: readonly string[] }) {
  return (
    <div class="key-list-entry">
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}

/** What is done by several keys stands once. */
function grouped(shortcuts: readonly Shortcut[]): [does: string, keys: string[]][] {
  const keys = new Map<string, string[]>();
  for (const shortcut of shortcuts) {
    keys.set(shortcut.does, [...(keys.get(shortcut.does) ?? []), nameOf(shortcut)]);
  }
  return [...keys];
}

function nameOf({ key, ctrl, shift }: Shortcut): string {
  const control = /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl+';
  const name = ctrl ? key.toUpperCase() : key === 'Escape' ? 'Esc' : key;
  return `${ctrl ? control : ''}${shift ? 'Shift+' : ''}${name}`;
}
