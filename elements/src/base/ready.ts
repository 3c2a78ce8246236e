/**
 * The moment when every crowd element of the page can be used by the template's scripts.
 *
 * Templates wait for `all-crowd-elements-ready` on the document and then touch properties and shadow roots, so it
 * comes after the last inline script has run and after every element has rendered once.
 */
import type { LitElement } from 'lit';

export const READY = 'all-crowd-elements-ready';

const isParsed = (page: Document): Promise<unknown> =>
  page.readyState === 'loading'
    ? new Promise((done) => page.addEventListener('DOMContentLoaded', done, { once: true }))
    : Promise.resolve();

const nextTask = (): Promise<unknown> => new Promise((done) => setTimeout(done));

/** Resolves when the page is parsed and its scripts have run. */
export async function parsed(page: Document): Promise<void> {
  await isParsed(page);
  await nextTask();
}

/** Says so when the elements with these tags, which are all defined, have rendered. */
export async function announceReady(page: Document, tags: readonly string[]): Promise<void> {
  const elements = [...page.querySelectorAll<LitElement>(tags.join())];
  await Promise.all(elements.map((element) => element.updateComplete));
  page.dispatchEvent(new Event(READY, { bubbles: true }));
}
