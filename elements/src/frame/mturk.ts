/**
 * What `externalHIT_v1.js` of Mechanical Turk defines, under whose address the server gives nothing: templates that were
 * written for a HIT call it when they load. Here the portal knows whose task this is and where its answer goes.
 */

/** A parameter of the page's address, as a HIT got its assignment. */
const turkGetParam = (name: string, fallback = ''): string => new URLSearchParams(location.search).get(name) ?? fallback;

const FUNCTIONS: Record<string, (...parameters: string[]) => unknown> = {
  gup: (name = '') => turkGetParam(name),
  turkGetParam: (name = '', fallback = '') => turkGetParam(name, fallback),
  turkGetSubmitToHost: () => turkGetParam('turkSubmitTo', 'https://www.mturk.com'),
  turkSetAssignmentID: () => undefined,
};

export function defineTurk(page: Window): void {
  for (const [name, value] of Object.entries(FUNCTIONS)) Object.defineProperty(page, name, { value, configurable: true, writable: true });
}
