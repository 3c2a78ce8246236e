/**
 * Fetches the file of a picture or a document. The browser's own elements would only say that it failed; here a server's
 * refusal and a lack of CORS can be told apart.
 */
import { shownAddress } from './address.ts';

export type FetchedFile = {
  /** Where it came from, for people. */
  readonly address: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its media type, as its server says; empty where it says nothing. */
  readonly type: string;
};

/**
 * `what` the file is, in a word, for messages. What a cache holds may be from before the server allowed CORS, so past it is asked
 * once more. Errors say for people what went wrong.
 */
export async function fetchFile(what: string, source: string, base: string, init: RequestInit): Promise<FetchedFile> {
  const address = shownAddress(source, base);
  const unreachable = (): never => {
    throw new Error(`The ${what} ${address} could not be loaded: its server did not answer, or does not allow cross-origin (CORS) requests.`);
  };
  const response = await fetch(source, init).catch(() => fetch(source, { ...init, cache: 'reload' }).catch(unreachable));
  if (!response.ok) {
    const reason = response.status === 403 ? 'its link may have expired' : response.status === 404 ? 'it does not exist' : response.statusText;
    throw new Error(`The ${what} ${address} could not be loaded: its server answered ${response.status}${reason ? `, ${reason}` : ''}.`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer().catch(unreachable));
  if (bytes.length === 0) throw new Error(`The file ${address} is empty.`);
  return { address, bytes, type: response.headers.get('Content-Type') ?? '' };
}
