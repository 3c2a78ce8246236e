/** What is known about the picture of a tool while it loads. */
import type { Size } from './model/geometry.ts';
import { SVG, type PictureKind } from './picture-kinds.ts';

export type Picture = { state: 'none' } | { state: 'loading' } | { state: 'ready'; size: Size } | { state: 'failed'; message: string };

/**
 * The size of the pixels as stored. The natural size follows the EXIF orientation even where `image-orientation: none`
 * makes the picture itself ignore it, so the size on the page, which does not, tells whether to swap the sides. A
 * drawing is never turned, and without a size of its own it fills whatever page it stands on.
 */
export function storedSize({ naturalWidth, naturalHeight, offsetWidth }: HTMLImageElement, kind: PictureKind | undefined): Size {
  const isTurned = kind !== SVG && offsetWidth > 0 && Math.abs(offsetWidth - naturalHeight) < Math.abs(offsetWidth - naturalWidth);
  return isTurned ? { width: naturalHeight, height: naturalWidth } : { width: naturalWidth, height: naturalHeight };
}
