/** What is known about the picture of a tool while it loads, and the words when it does not. */
import type { Size } from './model/geometry.ts';

export type Picture = { state: 'none' } | { state: 'loading' } | { state: 'ready'; size: Size } | { state: 'failed'; message: string };

/** The address without its signature, which is no business of a screenshot. */
export function shownAddress(source: string, base: string): string {
  try {
    const { protocol, host, pathname } = new URL(source, base);
    return protocol === 'data:' ? 'data:…' : `${host}${pathname}`;
  } catch {
    return source;
  }
}

export function failed(source: string, base: string): Picture {
  const address = shownAddress(source, base);
  return {
    state: 'failed',
    message: `The picture ${address} could not be loaded. Its link may have expired, it may not be a picture, or its server does not allow cross-origin (CORS) requests.`,
  };
}

export function loaded(image: HTMLImageElement, base: string): Picture {
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width === 0 || height === 0) return { state: 'failed', message: `The picture ${shownAddress(image.src, base)} has no size of its own.` };
  return { state: 'ready', size: { width, height } };
}
