/**
 * What a viewer of PDFs in a frame of its own says to the task page around it: what goes wrong, so that the page reports it, and
 * the keys that hand a task in, which the page would not hear otherwise.
 */
const TYPE = 'secondlook:pdf';

export type ViewerWords = { readonly error: string } | { readonly submits: true };

/** A viewer that stands in the page itself has nobody to tell. */
export function tellPage(words: ViewerWords): void {
  // The page's origin is opaque, so no target origin can be named.
  if (window.parent !== window) window.parent.postMessage({ type: TYPE, ...words }, '*');
}

export function readWords(data: unknown): ViewerWords | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== TYPE) return undefined;
  if ('error' in data && typeof data.error === 'string') return { error: data.error };
  return 'submits' in data ? { submits: true } : undefined;
}
