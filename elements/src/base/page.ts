/**
 * Defaults for the page around the elements, below everything a template says itself: a layer loses against all rules
 * outside of layers, such as a template's own `* { margin: 0 }`.
 *
 * A template that sets colours was written against a white page, so such a page stays light; all others follow the
 * worker's preference.
 */
import { NATIVE } from './native.styles.ts';

const defaults = (tools: string, folds: string): string => `
  @layer secondlook {
    :where(html) { color-scheme: light dark; }
    :where(html[data-secondlook-colours="own"]) { color-scheme: light; }
    :where(body) { font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    :where(html:not([data-secondlook-colours="own"]) > body) { background: light-dark(#ffffff, #1b1e24); }
    :where(body) { margin: 24px; }
    :where(${tools}):not(:defined) { display: block; min-height: 100dvh; visibility: hidden; }
    :where(${folds}):not(:defined) { display: block; visibility: hidden; }
    :where(classification-target) :where(img, video, audio, iframe) { max-width: 100%; }
    :where(crowd-form > form) { display: block; margin: 0; }
    ${NATIVE.replaceAll('crowd-form', 'crowd-form, crowd-entity-annotation')}
    ${besideTools(tools)}
  }
`;

/**
 * A tool that stands in the form itself, or alone in a box there, reaches from edge to edge of the window; what stands around
 * it keeps its distance. One that a template has put into a layout of its own gets a frame.
 */
function besideTools(tools: string): string {
  const form = `crowd-form > form:has(${tools})`;
  const wide = `:is(${form} > :is(${tools}), ${form} > div > :is(${tools}):only-child)`;
  return `
    :where(body:has(${tools})) { margin: 0; }
    :where(body:has(${tools})) > :where(:not(crowd-form, script, ${tools}, :has(crowd-form, ${tools}))) { margin-inline: 24px; }
    :where(${form}) { padding-inline: 24px; }
    :where(${form} > :first-child:not(${tools}, :has(${tools}))) { margin-top: 16px; }
    :where(${form}) :where(${tools}) { border: 1px solid var(--line); margin-bottom: 16px; }
    :where(${wide}) { border-width: 1px 0; margin-inline: -24px; }
    :where(${form} > :first-child:is(${tools}), ${form} > :first-child > :first-child:is(${tools})) { border-top: 0; }
    :where(${form} > :last-child:is(${tools}), ${form} > :last-child > :last-child:is(${tools})) { border-bottom: 0; margin-bottom: 0; }
    :where(body:has(${tools}) crowd-form > :is(short-instructions, full-instructions)) { margin: 16px 24px 0; }
  `;
}

const SETS_COLOUR = /(?:^|[\s;{"'])(?:color|background(?:-color|-image)?)\s*:/i;

function hasOwnColours(page: Document): boolean {
  return (
    page.querySelector('link[rel~=stylesheet], [bgcolor], font[color], body[text]') !== null ||
    [...page.querySelectorAll('style')].some((style) => SETS_COLOUR.test(style.textContent ?? '')) ||
    [...page.querySelectorAll('[style]')].some((element) => SETS_COLOUR.test(element.getAttribute('style') ?? ''))
  );
}

/** Adds the defaults, with the tags of tools and of elements that show not all of their content at once; call {@link settleColours} when the page's markup is complete. */
export function styleSheet(page: Document, tools: readonly string[], folds: readonly string[]): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(defaults(tools.join(), folds.join()));
  page.adoptedStyleSheets = [sheet, ...page.adoptedStyleSheets];
}

/** Decides whether the page follows the worker's colour scheme. */
export function settleColours(page: Document): void {
  if (hasOwnColours(page)) page.documentElement.dataset.secondlookColours = 'own';
}
