/** The page that asks for access to sites, opened by the background when a panel may not read the page it inspects. */
import { hasAllSites, onHostPermissionChange, requestAllSites } from './host-permission.ts';
import { followSystemTheme } from './system-theme.ts';

const ANSWERS = {
  allowed: 'Access is allowed. Reload the page you inspect; you can close this one.',
  refused: 'Access was not allowed: the panel stays empty on sites that you have not allowed.',
} as const;

const answer = document.querySelector<HTMLElement>('#answer');
const allow = document.querySelector<HTMLButtonElement>('#allow');

followSystemTheme();
allow?.addEventListener('click', () => void ask());
// Access may also be given or taken back in the browser's settings while this page is open.
onHostPermissionChange(() => void showWhatHolds());
void showWhatHolds();

/** Calls `request` at once: a browser shows its question only while the click is being handled. */
async function ask(): Promise<void> {
  show((await requestAllSites()) ? 'allowed' : 'refused');
}

async function showWhatHolds(): Promise<void> {
  show((await hasAllSites()) ? 'allowed' : null);
}

function show(given: keyof typeof ANSWERS | null): void {
  if (answer === null || allow === null) return;
  answer.dataset.answer = given ?? '';
  answer.textContent = given === null ? '' : ANSWERS[given];
  allow.hidden = given === 'allowed';
}
