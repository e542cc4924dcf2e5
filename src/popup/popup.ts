/**
 * The popup of the toolbar button: what is recorded of the tab now, a button that has it forgotten, and one that opens
 * the viewer for files, all without DevTools.
 * The tab is the one it stands beside, or the one that `?tab=` names.
 */
import browser from 'webextension-polyfill';
import type { RecordedPage, RecordedTab, TabRequest } from '../messaging/contracts.ts';
import { followSystemTheme } from '../permission/system-theme.ts';
import { figuresOf, nameOf, stateText, totalText } from './popup-text.ts';

const state = element('state');
const list = element('pages');
const total = element('total');
const forget = element('forget');
const done = element('done');

followSystemTheme();
void start();

async function start(): Promise<void> {
  element('viewer').addEventListener('click', () => void openViewer());
  const tab = await chosenTab();
  if (!tab) return;
  forget.addEventListener('click', () => void forgetTab(tab.id));
  browser.storage.onChanged.addListener(() => void show(tab));
  await show(tab);
}

interface ChosenTab {
  readonly id: number;
  readonly incognito: boolean;
}

async function chosenTab(): Promise<ChosenTab | null> {
  const named = new URLSearchParams(location.search).get('tab');
  const [tab] =
    named === null
      ? await browser.tabs.query({ active: true, currentWindow: true })
      : [await browser.tabs.get(Number(named))];
  return tab?.id === undefined ? null : { id: tab.id, incognito: tab.incognito };
}

async function show({ id, incognito }: ChosenTab): Promise<void> {
  const request: TabRequest = { type: 'recorded-of', tab: id };
  const recorded: RecordedTab = await browser.runtime.sendMessage(request);
  state.textContent = stateText(recorded, incognito);
  total.textContent = totalText(recorded.pages);
  list.replaceChildren(...recorded.pages.map(entry));
}

async function forgetTab(tab: number): Promise<void> {
  const request: TabRequest = { type: 'clear-tab', tab, at: Date.now(), have: {} };
  await browser.runtime.sendMessage(request);
  done.textContent = 'Forgotten.';
}

/** The panel as an ordinary page: it shows files. */
async function openViewer(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('panel/index.html') });
  window.close();
}

/** What the page has said of itself is set apart from our own words. */
function entry(page: RecordedPage): HTMLLIElement {
  const item = document.createElement('li');
  const name = document.createElement('bdi');
  name.className = 'popup-page';
  name.textContent = nameOf(page);
  const figures = document.createElement('span');
  figures.className = 'popup-figures';
  figures.textContent = figuresOf(page);
  item.append(name, figures);
  return item;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}.`);
  return found;
}
