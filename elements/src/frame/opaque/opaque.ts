/**
 * What browsers keep from a page with an opaque origin, and templates count on: without it a script stops at its first word
 * to `localStorage`. All of it is the page's alone and goes with it; nothing reaches the portal or another task
 * (docs/templates.md says what stays impossible).
 */
import { CookieJar } from './cookies.ts';
import { memoryStorage } from './storage.ts';
import { anyWorker } from './workers.ts';

/** Call it before any script of the page runs. A page with an origin of its own keeps what it has. */
export function supplyOpaquePage(page: Window & typeof globalThis): void {
  if (page.origin !== 'null') return;
  const jar = new CookieJar();
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(page, name, { value: memoryStorage(), configurable: true, enumerable: true });
  }
  Object.defineProperty(page.document, 'cookie', { get: () => jar.text, set: (text) => jar.set(String(text)), configurable: true });
  page.Worker = anyWorker(page.Worker, () => page.document.baseURI);
}
