/**
 * Elements of other makers, which templates bring by a script of their own. Ours stays away while such a script is likely to define
 * one still: as long as the page names it and is young.
 */

/** Milliseconds after the page has loaded. */
const PATIENCE = 4000;

const OTHERS = ['crowd-2d-skeleton'];

let isOver = false;

/** Is a script of the page named after the element, or does it name it? */
const names = ({ src, text }: HTMLScriptElement, tag: string): boolean => `${src} ${text}`.includes(tag.replace('crowd-', ''));

/** May the element of this tag still be defined by a script of the page? */
export const isAwaited = (tag: string): boolean =>
  OTHERS.includes(tag) && !isOver && customElements.get(tag) === undefined && [...document.scripts].some((script) => names(script, tag));

/** Calls `over` when nothing is awaited any more. */
export function whenOver(over: () => void): void {
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    over();
  };
  const begin = (): void => void setTimeout(end, PATIENCE);
  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin, { once: true });
  // A script that could not be fetched does not come later either.
  const onError = ({ target }: Event): void => {
    if (target instanceof HTMLScriptElement && OTHERS.some((tag) => names(target, tag))) end();
  };
  window.addEventListener('error', onError, { capture: true });
}
