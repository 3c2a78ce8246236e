/** The one loader of this page. */
import { link } from '../frame/link.ts';
import { ownAddress } from './address.ts';
import { Loader } from './loader.ts';

/** The file of each chunk, by tag, from the folder of the bundle on; the build puts the table here. */
declare const CHUNK_FILES: Record<string, string>;

/** Where the script with all elements is. */
export const address = ownAddress(document);

function fileOf(tag: string, attempt: number): string {
  const url = new URL(CHUNK_FILES[tag] as string, address);
  if (attempt > 0) url.searchParams.set('attempt', String(attempt));
  return url.href;
}

export const loader = new Loader(
  (tag, attempt) => import(fileOf(tag, attempt)),
  (message) => void link.send({ type: 'error', message, isShown: true }),
);
