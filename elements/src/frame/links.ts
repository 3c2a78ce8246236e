/**
 * A link without a target would lead the frame away, and the task with it: it opens a tab of its own instead. Links within
 * the page, and those that a script answers itself, stay what they are.
 */

/** Those of the page itself, and of windows that it may not lead anywhere. */
const OWN_TARGETS = new Set(['', '_self', '_parent', '_top']);

const isElsewhere = (link: HTMLAnchorElement | HTMLAreaElement, page: Document): boolean => {
  const [address, base] = [new URL(link.href, page.baseURI), new URL(page.baseURI)];
  const isHere = address.hash !== '' && address.href.split('#')[0] === base.href.split('#')[0];
  return address.protocol !== 'javascript:' && !isHere;
};

const isLink = (node: EventTarget): node is HTMLAnchorElement | HTMLAreaElement => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement;

export function openLinksBeside(page: Window): void {
  // After the template's own handlers, one of which may have answered the click.
  page.addEventListener('click', (event) => {
    const link = event.composedPath().find(isLink);
    if (!link || event.defaultPrevented || !link.getAttribute('href') || !URL.canParse(link.href)) return;
    const leaves = OWN_TARGETS.has(link.target.toLowerCase()) && !link.hasAttribute('download');
    if (leaves && isElsewhere(link, page.document)) link.target = '_blank';
  });
}
