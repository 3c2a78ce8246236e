/** Elements that should be seen and have no size: a page that looks empty must not stay so in silence. */

/** Is the element kept from being seen by nothing but its own lack of a box? */
function isMeantToBeSeen(element: Element): boolean {
  for (let node: Element | null = element; node !== null; node = node.parentElement) {
    if (getComputedStyle(node).display === 'none' || (node.localName === 'details' && !node.hasAttribute('open'))) return false;
  }
  return document.documentElement.clientWidth > 0;
}

export function isBlank(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width === 0 && height === 0 && isMeantToBeSeen(element);
}
