/**
 * Finding parts of the panel by role and accessible name where the browser's driver has no such locators. Covers the
 * roles that the panel uses; names come, in this order, from `aria-labelledby`, `aria-label`, a `label`, the content, `title`.
 */

import type { Json } from './inspected-browser.ts';

/**
 * Runs inside the panel: CSS paths of the parts that a place names, in document order. Hidden parts have no role.
 * A path names exactly one element, for a driver that takes CSS only.
 */
export function pathsOfPlace(place: Json): string[] {
  const implicit: readonly (readonly [selector: string, role: string])[] = [
    ['button, input[type=button], input[type=submit], summary', 'button'],
    ['a[href]', 'link'],
    ['input[type=search]', 'searchbox'],
    ['input[type=checkbox]', 'checkbox'],
    ['input:not([type]), input[type=text], textarea', 'textbox'],
    ['select', 'combobox'],
    ['table', 'table'],
    ['tr', 'row'],
    ['td', 'cell'],
    ['th[scope=row]', 'rowheader'],
    ['th', 'columnheader'],
    ['ul, ol', 'list'],
    ['li', 'listitem'],
    ['h1, h2, h3, h4, h5, h6', 'heading'],
    ['section[aria-label], section[aria-labelledby]', 'region'],
    ['output', 'status'],
    ['dialog', 'dialog'],
    ['fieldset', 'group'],
    ['nav', 'navigation'],
    ['main', 'main'],
    ['img', 'img'],
  ];
  const roleOf = (element: Element): string | undefined =>
    element.getAttribute('role')?.split(' ')[0] ??
    implicit.find(([selector]) => element.matches(selector))?.[1];
  const textOf = (element: Element): string =>
    [...element.childNodes]
      .map((node) => {
        if (node.nodeType === 3) return node.nodeValue ?? '';
        if (node.nodeType !== 1) return '';
        const child = node as Element;
        return child.getAttribute('aria-hidden') === 'true' ? '' : textOf(child);
      })
      .join('');
  const squeeze = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const labels = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const labelled = squeeze(
      labels.map((id) => element.ownerDocument.getElementById(id)?.textContent).join(' '),
    );
    const label = element.id ? element.ownerDocument.querySelector(`label[for="${element.id}"]`) : null;
    const ownLabel = label ?? element.closest('label');
    return (
      labelled ||
      squeeze(element.getAttribute('aria-label')) ||
      squeeze(ownLabel?.textContent) ||
      squeeze(textOf(element)) ||
      squeeze(element.getAttribute('title'))
    );
  };
  const shown = (element: Element): boolean =>
    element.getClientRects().length > 0 &&
    !element.closest('[aria-hidden=true]') &&
    getComputedStyle(element).visibility !== 'hidden';
  const path = (element: Element): string => {
    const parent = element.parentElement;
    if (!parent) return element.localName;
    const position = Array.prototype.indexOf.call(parent.children, element) + 1;
    return `${path(parent)} > *:nth-child(${position})`;
  };

  let within: Element[] = [document.documentElement];
  for (const part of place as readonly { css?: string; role?: string; name?: string; nth?: number }[]) {
    const { css, role, name, nth } = part;
    if (css !== undefined) {
      within = within.flatMap((outer) => [...outer.querySelectorAll(css)]);
      continue;
    }
    const found = within
      .flatMap((outer) => [...outer.querySelectorAll('*')])
      .filter((element) => roleOf(element) === role)
      .filter((element) => name === undefined || nameOf(element) === name)
      .filter(shown);
    within = nth === undefined ? found : found.slice(nth, nth + 1);
  }
  return within.map(path);
}
