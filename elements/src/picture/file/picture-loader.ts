/** Loads the picture of a tool into its `<img>`, whole and held still, and keeps what is known of it. */
import type { Size } from '../../base/geometry.ts';
import { asBlob, fetchPicture, unreadable, whole, type WholePicture } from './picture-file.ts';
import { storedSize, type Picture } from './picture.ts';
import { still } from './still.ts';

/** What the `<img>` holds. */
type Shown = Pick<WholePicture, 'address' | 'kind' | 'size'> & { readonly moves: boolean };

export class PictureLoader {
  picture: Picture = { state: 'none' };
  private source = '';
  private shown: Shown | undefined;
  /** Aborted when another picture is asked for. */
  private current = new AbortController();

  constructor(
    private readonly image: () => HTMLImageElement,
    /** Others that show the same. */
    private readonly copies: () => readonly HTMLImageElement[],
    private readonly changed: (picture: Picture) => void,
  ) {}

  load(source: string, cache: RequestCache = 'default'): void {
    this.current.abort();
    this.source = source;
    this.shown = undefined;
    for (const image of [this.image(), ...this.copies()]) image.removeAttribute('src');
    this.set({ state: source === '' ? 'none' : 'loading' });
    if (source !== '') void this.follow((signal) => this.prepare(source, cache, signal));
  }

  readonly retry = (): void => this.load(this.source, 'reload');

  /** What a hidden picture measures says nothing about its orientation; call this when it has come on screen. */
  readonly measure = (): void => {
    const { shown } = this;
    if (shown && this.picture.state === 'ready') void this.follow((signal) => this.settle(shown, signal));
  };

  private async follow(work: (signal: AbortSignal) => Promise<Size>): Promise<void> {
    this.current.abort();
    this.current = new AbortController();
    const { signal } = this.current;
    try {
      const size = await work(signal);
      if (!signal.aborted) this.set({ state: 'ready', size });
    } catch (error) {
      if (!signal.aborted) this.set({ state: 'failed', message: (error as Error).message });
    }
  }

  private async prepare(source: string, cache: RequestCache, signal: AbortSignal): Promise<Size> {
    const fetched = await fetchPicture(source, document.baseURI, { cache, signal });
    await this.put(asBlob(fetched), signal).catch(() => {
      throw unreadable(fetched);
    });
    const file = await whole(fetched);
    if (file.bytes !== fetched.bytes) await this.put(asBlob(file), signal);
    const { address, kind, bytes, size } = file;
    return this.settle({ address, kind, size, moves: kind?.moves?.(bytes) ?? false }, signal);
  }

  /** The size of what stands in the `<img>`, which moves no more once it is seen. */
  private async settle(shown: Shown, signal: AbortSignal): Promise<Size> {
    signal.throwIfAborted();
    this.shown = shown;
    const image = this.image();
    const size = storedSize(image, shown.size);
    if (size.width === 0 || size.height === 0) throw unreadable(shown);
    if (shown.moves && image.offsetWidth > 0) {
      await this.put(await still(image, size, shown.address), signal);
      this.shown = { ...shown, size, moves: false };
    }
    return size;
  }

  /** Shows a file and waits until it is there. Errors: an event, where the browser cannot show it or another is wanted. */
  private put(blob: Blob, signal: AbortSignal): Promise<unknown> {
    const address = URL.createObjectURL(blob);
    const shown = show(this.image(), address, signal);
    const others = this.copies().map((image) => show(image, address, signal));
    void Promise.allSettled([shown, ...others]).then(() => URL.revokeObjectURL(address));
    return shown;
  }

  private set(picture: Picture): void {
    this.picture = picture;
    this.changed(picture);
  }
}

const show = (image: HTMLImageElement, address: string, signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', reject);
    image.addEventListener('load', resolve, { signal });
    image.addEventListener('error', reject, { signal });
    image.src = address;
  });
