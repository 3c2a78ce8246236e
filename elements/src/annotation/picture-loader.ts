/** Loads the picture of a tool into its `<img>`, once more past all caches when that fails, and keeps what is known of it. */
import { loaded, refetch, unreadable, type Picture } from './picture.ts';

export class PictureLoader {
  picture: Picture = { state: 'none' };
  private source = '';

  constructor(
    private readonly image: () => HTMLImageElement,
    private readonly changed: (picture: Picture) => void,
  ) {}

  load(source: string): void {
    this.source = source;
    const image = this.image();
    image.removeAttribute('src');
    if (source !== '') image.src = source;
    this.set({ state: source === '' ? 'none' : 'loading' });
  }

  /** What a hidden picture measures says nothing about its orientation; call this when it has come on screen. */
  readonly measure = (): void => {
    if (this.picture.state === 'ready') this.onLoad();
  };

  readonly onLoad = (): void => {
    const image = this.image();
    if (image.src.startsWith('blob:')) URL.revokeObjectURL(image.src);
    this.set(loaded(image, this.source, document.baseURI));
  };

  readonly onError = (): void => {
    if (this.image().src.startsWith('blob:')) this.set(unreadable(this.source, document.baseURI));
    else void this.retry();
  };

  readonly retry = async (): Promise<void> => {
    const { source } = this;
    this.set({ state: 'loading' });
    try {
      const address = await refetch(source, document.baseURI);
      if (source === this.source) this.image().src = address;
    } catch (error) {
      if (source === this.source) this.set({ state: 'failed', message: (error as Error).message });
    }
  };

  private set(picture: Picture): void {
    this.picture = picture;
    this.changed(picture);
  }
}
