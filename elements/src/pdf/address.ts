/** What an address says of a PDF that it leads to. Knows no DOM. */

export const PDF_TYPE = 'application/pdf';

/** Does the address name a PDF? One that does not may lead to one all the same. */
export function namesPdf(address: string): boolean {
  try {
    const { protocol, pathname } = new URL(address);
    return protocol === 'data:' ? pathname.startsWith(PDF_TYPE) : /\.pdf$/i.test(decodeURIComponent(pathname));
  } catch {
    return false;
  }
}

/** The page at which it asks to be opened, as in `form.pdf#page=3`; the first where it asks for none. */
export function pageAsked(address: string): number {
  const asked = /#(?:.*&)?page=(\d{1,6})\b/.exec(address)?.[1];
  return Math.max(Number(asked ?? 1), 1);
}
