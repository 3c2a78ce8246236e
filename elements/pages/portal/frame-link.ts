/**
 * The portal's end of the channel to the task page in the frame (`../../src/frame/protocol.ts`).
 *
 * The frame's origin is opaque, so a message is believed only from this frame's window, with the nonce of this rendering,
 * once per load; then everything travels on a port. A second load means that the page led itself elsewhere.
 */
import { isFromPage, isReady, type Answer, type Draft, type FromPortal } from '../../src/frame/protocol.ts';

/** Neither a draft nor an answer may be longer than this as JSON; the server's own limit. */
const MOST_CHARACTERS = 20 * 1024 * 1024;
const LONGEST_ERROR = 300;

/** How long a page may take to say that it is ready before the worker is told. */
const READY_WAIT = 8000;

export type FrameEvents = {
  ready(): void;
  dirty(): void;
  draft(draft: Draft, id: number | undefined): void;
  submit(answer: Answer): void;
  error(message: string): void;
  /** The page led itself elsewhere; its port is closed. */
  left(): void;
  /** Nothing was heard from the page. */
  silent(): void;
};

export class FrameLink {
  private nonce = '';
  private loads = 0;
  private port: MessagePort | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly events: FrameEvents,
    ended: AbortSignal,
  ) {
    addEventListener('message', (event) => this.onMessage(event), { signal: ended });
    frame.addEventListener('load', () => this.onLoad(), { signal: ended });
    ended.addEventListener('abort', () => this.close());
  }

  /** Loads the task page, freshly rendered. */
  open(): void {
    this.close();
    this.loads = 0;
    this.nonce = nonce();
    // Replaced, so that Back leaves the task instead of walking through what the frame has shown.
    this.frame.contentWindow!.location.replace(`${location.origin}${this.frame.dataset.src}?nonce=${this.nonce}`);
  }

  get isOpen(): boolean {
    return this.port !== undefined;
  }

  send(message: FromPortal): void {
    this.port?.postMessage(message);
  }

  private onMessage(event: MessageEvent): void {
    if (event.source !== this.frame.contentWindow || this.port || !isReady(event.data, this.nonce)) return;
    clearTimeout(this.timer);
    const channel = new MessageChannel();
    this.port = channel.port1;
    this.port.onmessage = ({ data }) => this.onWord(data);
    // An opaque origin cannot be named as the target; the port is worth nothing without this window.
    this.frame.contentWindow!.postMessage({ type: 'secondlook:port' }, '*', [channel.port2]);
    this.events.ready();
  }

  private onLoad(): void {
    if (!this.nonce) return;
    this.loads += 1;
    if (this.loads > 1) {
      this.close();
      this.events.left();
    } else if (!this.port) {
      this.timer = setTimeout(() => this.events.silent(), READY_WAIT);
    }
  }

  private onWord(data: unknown): void {
    if (!isFromPage(data)) return;
    if (data.type === 'dirty') return this.events.dirty();
    if (data.type === 'error') return this.events.error(data.message.slice(0, LONGEST_ERROR));
    const fits = isShort(data.type === 'draft' ? data.draft : data.answer);
    if (data.type === 'draft') return fits ? this.events.draft(data.draft, data.id) : undefined;
    if (fits) return this.events.submit(data.answer);
    this.send({ type: 'submit-result', ok: false, message: 'The answer is larger than 20 MB and cannot be stored.' });
  }

  private close(): void {
    clearTimeout(this.timer);
    this.port?.close();
    this.port = undefined;
    this.nonce = '';
  }
}

/** Is it JSON at all (a structured clone may hold circles), and short enough? */
function isShort(value: unknown): boolean {
  try {
    return JSON.stringify(value).length <= MOST_CHARACTERS;
  } catch {
    return false;
  }
}

/** `crypto.randomUUID` is missing on plain http. */
const nonce = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
