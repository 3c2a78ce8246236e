/** Loads the picture of a given mask and reads it into regions. */
import { shownAddress } from '../base/address.ts';
import type { Size } from '../base/geometry.ts';
import type { Picture } from '../picture/file/picture.ts';
import { asBlob, fetchPicture, unreadable, type PictureFile } from '../picture/file/picture-file.ts';
import { kindOf } from '../picture/file/picture-kinds.ts';
import { ColorRows, type GivenMask } from './given-mask.ts';
import type { Loaded } from './initial-mask.ts';
import { Mask } from './mask.ts';
import { fromBase64 } from './png/base64.ts';
import { readPng, TRANSPARENT, type TakeRow } from './png/read.ts';

const INLINE = /^data:([^;,]*);base64,/i;

export class MaskLoader {
  state: Picture = { state: 'none' };
  private given: GivenMask | undefined;
  /** Aborted when another mask is asked for. */
  private current = new AbortController();

  constructor(
    private readonly loaded: (loaded: Loaded) => void,
    private readonly changed: (state: Picture) => void,
  ) {}

  load(given: GivenMask | undefined, cache: RequestCache = 'default'): void {
    this.current.abort();
    this.given = given;
    if (!given || given.source === '') return this.set({ state: 'none' });
    this.current = new AbortController();
    this.set({ state: 'loading' });
    void this.follow(given, cache, this.current.signal);
  }

  readonly retry = (): void => this.load(this.given, 'reload');

  private async follow(given: GivenMask, cache: RequestCache, signal: AbortSignal): Promise<void> {
    try {
      const file = await fetchMask(given.source, { cache, signal });
      const loaded = await read(file, given);
      if (signal.aborted) return;
      this.loaded(loaded);
      this.set({ state: 'ready', size: loaded.mask });
    } catch (error) {
      if (!signal.aborted) this.set({ state: 'failed', message: (error as Error).message });
    }
  }

  private set(state: Picture): void {
    this.state = state;
    this.changed(state);
  }
}

/** An address that is the file itself is read without asking anybody, whatever the page's policy says of requests. */
async function fetchMask(source: string, init: RequestInit): Promise<PictureFile> {
  const inline = INLINE.exec(source);
  if (!inline) return fetchPicture(source, document.baseURI, init);
  try {
    const bytes = fromBase64(source.slice(inline[0].length));
    return { address: shownAddress(source, document.baseURI), bytes, kind: kindOf(bytes), type: inline[1] as string };
  } catch {
    throw new Error('The mask of this task is not in base64.');
  }
}

async function read(file: PictureFile, given: GivenMask): Promise<Loaded> {
  let mask: Mask | undefined;
  let rows: ColorRows | undefined;
  const open = (size: Size): TakeRow => {
    mask = new Mask(size);
    rows = new ColorRows(mask, given.regions);
    return rows.take;
  };
  const size = await readPng(file.bytes, open).catch(() => {
    throw new Error(`The mask ${file.address} is damaged: its file was cut short, or cannot be read to its end.`);
  });
  if (!size) await readByBrowser(file, open);
  if (!mask || !rows) throw unreadable(file);
  mask.recount();
  return { mask, given, strange: rows.strange };
}

/** Any other kind of picture, as exactly as a browser gives it. */
async function readByBrowser(file: PictureFile, open: (size: Size) => TakeRow): Promise<void> {
  const exact: ImageBitmapOptions = { colorSpaceConversion: 'none', imageOrientation: 'none' as ImageOrientation, premultiplyAlpha: 'none' };
  const bitmap = await createImageBitmap(asBlob(file), exact).catch(() => {
    throw unreadable(file);
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw unreadable(file);
  context.drawImage(bitmap, 0, 0);
  const take = open({ width, height });
  const colors = new Int32Array(width);
  for (let row = 0; row < height; row++) {
    const { data } = context.getImageData(0, row, width, 1);
    for (let x = 0; x < width; x++) colors[x] = data[4 * x + 3] === 0 ? TRANSPARENT : ((data[4 * x] as number) << 16) | ((data[4 * x + 1] as number) << 8) | (data[4 * x + 2] as number);
    take(row, colors);
  }
}
