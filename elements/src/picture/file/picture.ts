/** What is known about the picture of a tool while it loads. */
import type { Size } from '../../base/geometry.ts';

export type Picture = { state: 'none' } | { state: 'loading' } | { state: 'ready'; size: Size } | { state: 'failed'; message: string };

/**
 * The size of the pixels as stored. The natural size is what a resolution in the file makes of them, so they are counted as
 * decoded. Both follow the EXIF orientation even where `image-orientation: none` makes the picture itself ignore it, so
 * the size on the page, which does not, tells whether to swap the sides. A drawing has no pixels: its natural size is all.
 */
export function storedSize({ naturalWidth, naturalHeight, offsetWidth }: HTMLImageElement, decoded: Size | undefined): Size {
  if (!decoded) return { width: naturalWidth, height: naturalHeight };
  const isTurned = offsetWidth > 0 && Math.abs(offsetWidth - naturalHeight) < Math.abs(offsetWidth - naturalWidth);
  return isTurned ? { width: decoded.height, height: decoded.width } : decoded;
}
