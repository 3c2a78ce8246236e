/** Looking back: the key that leads to the task before this one, and a page that shows one that was submitted. */
import { onlyLook } from '../base/only-looking.ts';
import type { PortalLink } from './portal-link.ts';

export function lookBack(page: Document, link: PortalLink): void {
  page.addEventListener('keydown', (event) => {
    if (!isPreviousKey(event) || event.defaultPrevented || event.repeat) return;
    event.preventDefault();
    void link.send({ type: 'previous' });
  });
  link.watch(({ type }) => {
    if (type === 'read-only') onlyLook(window);
  });
}

/** Ctrl+Enter goes forward; with Shift it goes back. */
export const isPreviousKey = (event: KeyboardEvent): boolean => event.key === 'Enter' && event.shiftKey && (event.ctrlKey || event.metaKey);
