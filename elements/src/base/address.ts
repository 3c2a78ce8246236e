/** The address without its signature, which is no business of a screenshot. */
export function shownAddress(source: string, base: string): string {
  try {
    const { protocol, host, pathname } = new URL(source, base);
    return protocol === 'data:' ? 'data:…' : `${host}${pathname}`;
  } catch {
    return source;
  }
}
