/**
 * The first frame of an animation, as a picture of its own: what a detector sees of it, and what holds still under a box.
 *
 * The canvas stands in the document while it is drawn on, because only then `image-orientation: none` holds for it.
 */
import type { Size } from '../../base/geometry.ts';

export async function still(image: HTMLImageElement, { width, height }: Size, address: string): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.style.visibility = 'hidden';
  image.after(canvas);
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0, width, height);
  canvas.remove();
  const blob = context && (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve)));
  if (!blob) throw new Error(`The animation ${address} is too large for this browser to hold it still.`);
  return blob;
}
