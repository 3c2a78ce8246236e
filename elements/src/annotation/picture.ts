/** What is known about the picture of a tool while it loads, and the words when it does not. */
import { shownAddress } from '../base/address.ts';
import type { Size } from './model/geometry.ts';

export type Picture = { state: 'none' } | { state: 'loading' } | { state: 'ready'; size: Size } | { state: 'failed'; message: string };

/**
 * Fetches a picture that an `<img>` could not load, past every cache, and gives an address for it that will.
 * An `<img>` only says that it failed; here a server's refusal, a lack of CORS and a wrong kind of file can be told apart.
 */
export async function refetch(source: string, base: string): Promise<string> {
  const address = shownAddress(source, base);
  const response = await fetch(source, { cache: 'reload' }).catch(() => {
    throw new Error(`The picture ${address} could not be loaded: its server did not answer, or does not allow cross-origin (CORS) requests.`);
  });
  if (response.ok) return URL.createObjectURL(await response.blob());
  const reason = response.status === 403 ? 'its link may have expired' : response.status === 404 ? 'it does not exist' : response.statusText;
  throw new Error(`The picture ${address} could not be loaded: its server answered ${response.status}${reason ? `, ${reason}` : ''}.`);
}

/** The picture came, but the browser cannot show it. */
export const unreadable = (source: string, base: string): Picture => ({
  state: 'failed',
  message: `The file ${shownAddress(source, base)} is not a picture that this browser can show.`,
});

/**
 * The size of the pixels as stored. The natural size follows the EXIF orientation even where `image-orientation: none`
 * makes the picture itself ignore it, so the size on the page, which does not, tells whether to swap the sides.
 */
function storedSize({ naturalWidth, naturalHeight, offsetWidth }: HTMLImageElement): Size {
  const isTurned = offsetWidth > 0 && Math.abs(offsetWidth - naturalHeight) < Math.abs(offsetWidth - naturalWidth);
  return isTurned ? { width: naturalHeight, height: naturalWidth } : { width: naturalWidth, height: naturalHeight };
}

export function loaded(image: HTMLImageElement, source: string, base: string): Picture {
  const size = storedSize(image);
  return size.width > 0 && size.height > 0 ? { state: 'ready', size } : unreadable(source, base);
}
