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

/**
 * The size of the pixels as stored. The natural size follows the EXIF orientation even where `image-orientation: none`
 * makes the picture itself ignore it, so the size on the page, which does not, tells whether to swap the sides.
 */
function storedSize({ naturalWidth, naturalHeight, offsetWidth }: HTMLImageElement): Size {
  const isTurned = offsetWidth > 0 && Math.abs(offsetWidth - naturalHeight) < Math.abs(offsetWidth - naturalWidth);
  return isTurned ? { width: naturalHeight, height: naturalWidth } : { width: naturalWidth, height: naturalHeight };
}

export function loaded(image: HTMLImageElement, base: string): Picture {
  const size = storedSize(image);
  if (size.width > 0 && size.height > 0) return { state: 'ready', size };
  return { state: 'failed', message: `The picture ${shownAddress(image.src, base)} has no size of its own.` };
}
