import { expect, test } from 'vitest';
import { Prerendering } from './prerendering.ts';

/** A document that the browser prepares until it says otherwise. */
class Page extends EventTarget {
  prerendering = true;

  show(): void {
    this.prerendering = false;
    this.dispatchEvent(new Event('prerenderingchange'));
  }
}

test('a page that is shown answers at once, in browsers that prepare pages and in those that do not', () => {
  expect(new Prerendering(new EventTarget(), () => {}).answers()).toBe(true);
  const page = new Page();
  page.prerendering = false;
  expect(new Prerendering(page, () => {}).answers()).toBe(true);
});

test('a prepared page does not answer as what the tab shows, until it is', () => {
  const told: boolean[] = [];
  const page = new Page();
  const prerendering = new Prerendering(page, (asked) => told.push(asked));
  expect(prerendering.answers()).toBe(false);
  expect(told).toEqual([]);
  page.show();
  expect(told).toEqual([true]);
  expect(prerendering.answers()).toBe(true);
});

test('a prepared page that nobody asked for need not say that it is there', () => {
  const told: boolean[] = [];
  const page = new Page();
  const prerendering = new Prerendering(page, (asked) => told.push(asked));
  page.show();
  expect(told).toEqual([false]);
  expect(prerendering.answers()).toBe(true);
});
