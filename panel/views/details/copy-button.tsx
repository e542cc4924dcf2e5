/** Copies a text. DevTools panels may be denied the clipboard interface; the older command works there. */
import { useSignal } from '@preact/signals';
import { CopyIcon } from '../../icons/icons.tsx';

export function CopyButton({ text, name }: { text: () => string | Promise<string>; name: string }) {
  const said = useSignal('');
  const copy = async () => {
    said.value = (await copyText(await text())) ? 'Copied' : 'The browser did not allow it';
  };
  return (
    <>
      <button type="button" class="button button-icon" onClick={() => void copy()}>
        <CopyIcon />
        {name}
      </button>
      <span class="quiet" aria-live="polite">
        {said}
      </span>
    </>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'spoken';
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
