/** The file of a picture: how it is fetched, what is wrong with it, and what makes it whole. */
import { shownAddress } from '../base/address.ts';
import { fromText, joined, type Bytes } from './bytes.ts';
import { lacksOnlyEnd } from './jpeg-end.ts';
import { hasEnd, JPEG, kindOf, SVG, type PictureKind } from './picture-kinds.ts';

export type PictureFile = {
  /** Where it came from, for people. */
  readonly address: string;
  readonly bytes: Bytes;
  readonly kind: PictureKind | undefined;
  /** Its media type: by its bytes, or where they say nothing, by its server. */
  readonly type: string;
};

/**
 * Fetches a picture. An `<img>` would only say that it failed; here a server's refusal, a lack of CORS and a wrong kind of
 * file can be told apart. What a cache holds may be from before the server allowed CORS, so past it is asked once more.
 */
export async function fetchPicture(source: string, base: string, init: RequestInit): Promise<PictureFile> {
  const address = shownAddress(source, base);
  const unreachable = (): never => {
    throw new Error(`The picture ${address} could not be loaded: its server did not answer, or does not allow cross-origin (CORS) requests.`);
  };
  const response = await fetch(source, init).catch(() => fetch(source, { ...init, cache: 'reload' }).catch(unreachable));
  if (!response.ok) {
    const reason = response.status === 403 ? 'its link may have expired' : response.status === 404 ? 'it does not exist' : response.statusText;
    throw new Error(`The picture ${address} could not be loaded: its server answered ${response.status}${reason ? `, ${reason}` : ''}.`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer().catch(unreachable));
  if (bytes.length === 0) throw new Error(`The file ${address} is empty.`);
  const kind = kindOf(bytes);
  return { address, bytes, kind, type: kind?.type ?? response.headers.get('Content-Type') ?? '' };
}

export const asBlob = ({ bytes, type }: PictureFile): Blob => new Blob([bytes], { type });

/** The file came, but the browser cannot show it. */
export function unreadable({ address, kind }: Pick<PictureFile, 'address' | 'kind'>): Error {
  const format = kind === undefined ? '' : ` Its format is ${kind.name}.`;
  return new Error(`The file ${address} is not a picture that this browser can show.${format}`);
}

/**
 * The file with all its pixels. Browsers show a file that was cut short as far as it goes, without a word, so whatever
 * lacks the end that its format asks for is decoded once more, by a way that refuses.
 */
export async function whole(file: PictureFile): Promise<PictureFile> {
  const { kind, bytes } = file;
  if (kind === undefined || kind === SVG || hasEnd(kind, bytes) || (await decodes(file))) return file;
  if (kind.end !== undefined) {
    const ended = { ...file, bytes: joined(bytes, fromText(kind.end)) };
    if (kind === JPEG ? await lacksOnlyEnd(bytes) : await decodes(ended)) return ended;
  }
  throw new Error(`The picture ${file.address} is damaged: its file was cut short, or cannot be read to its end.`);
}

async function decodes(file: PictureFile): Promise<boolean> {
  const bitmap = await createImageBitmap(asBlob(file)).catch(() => undefined);
  bitmap?.close();
  return bitmap !== undefined;
}
