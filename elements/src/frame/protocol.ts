/**
 * The words that a task page and the portal around it exchange.
 *
 * A task page runs in an iframe with an opaque origin, so both sides treat each other as strangers: the page
 * says `secondlook:ready` once with the nonce of its rendering, the portal answers with a `MessagePort`, and from
 * then on everything travels on that port. The portal's script imports the same types and the same checks, so
 * this file is the only description of the protocol.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a worker hands in: one property per distinct field name. */
export type Answer = { [name: string]: Json };

/** The values of every field and tool as they stand, keyed by name and ordinal; only the page reads it. */
export type PageState = { version: 1; fields: { [key: string]: Json } };

/** What the portal keeps of unfinished work and gives back when the worker returns. */
export type Draft = { answer: Answer; state: PageState };

/** `<meta name="secondlook-render" content="NONCE">`, placed by the server first in the page's head. */
export const RENDER_META = 'secondlook-render';

/**
 * Page to portal, by `window.parent.postMessage`, before any script of the template has run: only who knows `secret` can be
 * ready later. A template may lead its frame elsewhere and hand the nonce on; the secret it never sees.
 */
export type Claim = { type: 'secondlook:claim'; of: string; secret: string };

/** Page to portal, by `window.parent.postMessage`, once per load. */
export type Ready = { type: 'secondlook:ready'; nonce: string; secret?: string };

/** Portal to page, by `frame.contentWindow.postMessage`, with one port in `event.ports`. */
export type PortGrant = { type: 'secondlook:port' };

/** Page to portal, on the port. */
export type FromPage =
  /** Something changed that no draft holds yet. */
  | { type: 'dirty' }
  /** The work as it stands: after each change, or with the `id` of a `flush`. */
  | { type: 'draft'; draft: Draft; id?: number }
  /** The worker handed in this answer; the page waits for a `submit-result`. */
  | { type: 'submit'; answer: Answer }
  /** The worker likes to work so, from now on; null for what is no longer to be remembered. */
  | { type: 'preference'; name: string; value: Json }
  /** The worker wants to see the task that they submitted before this one. */
  | { type: 'previous' }
  /** Something went wrong that the worker should not have to find out alone (a picture that will not load); `isShown` where the page says it itself. */
  | { type: 'error'; message: string; isShown?: boolean };

/** Portal to page, on the port. */
export type FromPortal =
  /** How the worker likes to work in this flow definition, by name; before any draft. */
  | { type: 'preferences'; preferences: { [name: string]: Json } }
  /** Put back what an earlier visit left. */
  | { type: 'restore'; draft: Draft }
  /** Was the answer taken? With `ok: false` the message is shown and Submit works again. */
  | { type: 'submit-result'; ok: boolean; message?: string }
  /** The work is only looked at: nothing can be changed from now on. */
  | { type: 'read-only' }
  /** Send a draft now, marked with this id. */
  | { type: 'flush'; id: number }
  /** Submit as if the worker had pressed the page's own button. */
  | { type: 'request-submit' };

/** The JSON of one preference may have so many bytes; what has more is not remembered. */
export const MOST_BYTES_OF_PREFERENCE = 4 * 1024;

/** How many bytes a text has as UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Under such a name a page may have something remembered. */
const PREFERENCE_NAME = /^[a-z][a-zA-Z0-9.]{0,39}$/;

/** A page whose draft takes long to collect waits between two of them, but no longer than this; in milliseconds. */
export const LONGEST_DRAFT_WAIT = 1000;

/** A page that gets no port within this time behaves as one that was opened alone, in milliseconds. */
export const PORT_WAIT = 3000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDraft = (value: unknown): value is Draft =>
  isObject(value) && isObject(value.answer) && isObject(value.state) && value.state.version === 1 && isObject(value.state.fields);

const isOptional = (value: unknown, type: 'number' | 'string' | 'boolean'): boolean => value === undefined || typeof value === type;

/** Is this the claim of the page with this nonce? */
export const isClaim = (data: unknown, nonce: string): data is Claim =>
  isObject(data) && data.type === 'secondlook:claim' && data.of === nonce && typeof data.secret === 'string';

/** Is this page ready, by its nonce, and the one that has claimed its place, if one has? */
export const isReady = (data: unknown, nonce: string, secret?: string): data is Ready =>
  isObject(data) && data.type === 'secondlook:ready' && data.nonce === nonce && (secret === undefined || data.secret === secret);

/** A word that nobody guesses. `crypto.randomUUID` is missing on plain http. */
export const randomWord = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Is this the portal's reply, with a port? */
export const isPortGrant = (data: unknown): data is PortGrant => isObject(data) && data.type === 'secondlook:port';

/** Does this have the form of a message from a page? The portal drops what does not. */
export function isFromPage(data: unknown): data is FromPage {
  if (!isObject(data)) return false;
  switch (data.type) {
    case 'dirty':
    case 'previous':
      return true;
    case 'draft':
      return isDraft(data.draft) && isOptional(data.id, 'number');
    case 'submit':
      return isObject(data.answer);
    case 'preference':
      return typeof data.name === 'string' && PREFERENCE_NAME.test(data.name) && data.value !== undefined;
    case 'error':
      return typeof data.message === 'string' && isOptional(data.isShown, 'boolean');
    default:
      return false;
  }
}

/** Does this have the form of a message from the portal? */
export function isFromPortal(data: unknown): data is FromPortal {
  if (!isObject(data)) return false;
  switch (data.type) {
    case 'restore':
      return isDraft(data.draft);
    case 'preferences':
      return isObject(data.preferences);
    case 'submit-result':
      return typeof data.ok === 'boolean' && isOptional(data.message, 'string');
    case 'flush':
      return typeof data.id === 'number';
    case 'request-submit':
    case 'read-only':
      return true;
    default:
      return false;
  }
}
