/** A picture inside a shadow root that does not load: the page's reporter does not hear of those. */
import { link } from '../frame/link.ts';
import { shownAddress } from './address.ts';

/** For `error` of an `<img>`. */
export function reportBroken({ currentTarget }: Event): void {
  const address = (currentTarget as HTMLImageElement).getAttribute('src') ?? '';
  void link.send({ type: 'error', message: `The picture ${shownAddress(address, document.baseURI)} could not be loaded.` });
}
