/**
 * Defaults for the page around the elements, below everything a template says itself.
 *
 * A template that sets colours was written against a white page, so such a page stays light; all others follow the
 * worker's preference.
 */
const DEFAULTS = `
  :where(html) { color-scheme: light dark; }
  :where(html[data-secondlook-colours="own"]) { color-scheme: light; }
  :where(body) { font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
  :where(body) { margin: 24px; }
  :where(body:has(crowd-bounding-box)) { margin: 0; }
  :where(crowd-form) :where(input, select, textarea, button) { font: inherit; }
  :where(crowd-form > form) { display: block; margin: 0; }
  :where(full-instructions, short-instructions):not(:defined) { display: none; }
`;

const SETS_COLOUR = /(?:^|[\s;{"'])(?:color|background(?:-color|-image)?)\s*:/i;

function hasOwnColours(page: Document): boolean {
  return (
    page.querySelector('link[rel~=stylesheet], [bgcolor], font[color], body[text]') !== null ||
    [...page.querySelectorAll('style')].some((style) => SETS_COLOUR.test(style.textContent ?? '')) ||
    [...page.querySelectorAll('[style]')].some((element) => SETS_COLOUR.test(element.getAttribute('style') ?? ''))
  );
}

/** Adds the defaults; call {@link settleColours} again when the page's markup is complete. */
export function styleSheet(page: Document): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(DEFAULTS);
  page.adoptedStyleSheets = [sheet, ...page.adoptedStyleSheets];
}

/** Decides whether the page follows the worker's colour scheme. */
export function settleColours(page: Document): void {
  if (hasOwnColours(page)) page.documentElement.dataset.secondlookColours = 'own';
}
