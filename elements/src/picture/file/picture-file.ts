/** The file of a picture: how it is fetched, what is wrong with it, and what makes it whole. */
import { fetchFile } from '../../base/file.ts';
import type { Size } from '../../base/geometry.ts';
import { fromText, joined, type Bytes } from './bytes.ts';
import { lacksPixels } from './jpeg-pixels.ts';
import { JPEG, kindOf, SVG, type PictureKind } from './picture-kinds.ts';

export type PictureFile = {
  /** Where it came from, for people. */
  readonly address: string;
  readonly bytes: Bytes;
  readonly kind: PictureKind | undefined;
  /** Its media type: by its bytes, or where they say nothing, by its server. */
  readonly type: string;
};

/** A file that was decoded to its end; `size` counts its pixels, where it has any, turned as its orientation says. */
export type WholePicture = PictureFile & { readonly size: Size | undefined };

/** JPEGs of more pixels are not decoded thrice. */
const MAX_THRICE = 50_000_000;

/** Fetches a picture; errors say for people what went wrong. */
export async function fetchPicture(source: string, base: string, init: RequestInit): Promise<PictureFile> {
  const { address, bytes, type } = await fetchFile('picture', source, base, init);
  const kind = kindOf(bytes);
  return { address, bytes: kind?.plain?.(bytes) ?? bytes, kind, type: kind?.type ?? type };
}

export const asBlob = ({ bytes, type }: PictureFile): Blob => new Blob([bytes], { type });

/** The file came, but the browser cannot show it. */
export function unreadable({ address, kind }: Pick<PictureFile, 'address' | 'kind'>): Error {
  const format = kind === undefined ? '' : ` Its format is ${kind.name}.`;
  return new Error(`The file ${address} is not a picture that this browser can show.${format}`);
}

/**
 * The file with all its pixels. Browsers show a damaged file as far as it goes, without a word, so each is decoded once
 * more, by a way that refuses; of a JPEG, even that takes a part for the whole.
 */
export async function whole(file: PictureFile): Promise<WholePicture> {
  const { kind, bytes } = file;
  if (kind === undefined || kind === SVG) return { ...file, size: undefined };
  const decoded = (await sized(file)) ?? (kind.end === undefined ? undefined : await sized({ ...file, bytes: joined(bytes, fromText(kind.end)) }));
  const isCut = decoded && kind === JPEG && decoded.size.width * decoded.size.height <= MAX_THRICE && (await lacksPixels(bytes));
  if (!decoded || isCut) throw new Error(`The picture ${file.address} is damaged: its file was cut short, or cannot be read to its end.`);
  return decoded;
}

/** The file with the size of its pixels, or undefined where it cannot be decoded to its end. */
async function sized(file: PictureFile): Promise<(WholePicture & { readonly size: Size }) | undefined> {
  const bitmap = await createImageBitmap(asBlob(file)).catch(() => undefined);
  if (!bitmap) return undefined;
  const { width, height } = bitmap;
  bitmap.close();
  return { ...file, size: { width, height } };
}
