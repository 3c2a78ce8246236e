/**
 * The portal's end of the channel to the task page in the frame (`../../src/frame/protocol.ts`).
 *
 * The frame's origin is opaque, so a message is believed only from this frame's window, with the nonce of this rendering and
 * from the page that claimed it first, once per load; then everything travels on a port. A second load means that the page led itself elsewhere.
 */
import { sorted } from '../../src/base/sorted.ts';
import { isClaim, isFromPage, isReady, randomWord, type Answer, type Draft, type FromPortal } from '../../src/frame/protocol.ts';
import { Load } from './load.ts';
import { storageError } from './size.ts';

const LONGEST_ERROR = 300;

/** How long a page may take to say that it is ready before the worker is told, and to answer a `flush`; in milliseconds. */
const READY_WAIT = 8000;
const FLUSH_WAIT = 1500;

export type FrameEvents = {
  ready(): void;
  dirty(): void;
  draft(draft: Draft): void;
  /** The work is what the page sent before; its answer may have changed all the same, with a picture that has come. */
  unchanged(draft: Draft): void;
  /** The page's draft cannot be kept. */
  unkept(reason: string): void;
  submit(answer: Answer): void;
  /** The worker likes to work so; not more than a name of the right form and any value. */
  preference(name: string, value: unknown): void;
  /** The worker wants to see the task before this one. */
  previous(): void;
  error(message: string, isShown: boolean): void;
  /** The page led itself elsewhere; its port is closed. */
  left(): void;
  /** The page sent without end; its port is closed. */
  flooded(): void;
  /** Nothing was heard from the page. */
  silent(): void;
};

export class FrameLink {
  /** Has the page something that it has not sent yet, or that cannot be kept? */
  isDirty = false;
  private nonce = '';
  /** Of the page that has claimed this load. */
  private secret: string | undefined;
  private loads = 0;
  private flushed = 0;
  /** The flush that the page answers once it has put an earlier draft back. */
  private restoring = 0;
  private last: Draft | undefined;
  private port: MessagePort | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly flushes = new Map<number, () => void>();

  constructor(
    private frame: HTMLIFrameElement,
    private readonly events: FrameEvents,
    private readonly ended: AbortSignal,
  ) {
    addEventListener('message', (event) => this.onMessage(event), { signal: ended });
    ended.addEventListener('abort', () => this.close());
  }

  /**
   * Loads the task page, freshly rendered, in a new frame.
   *
   * In the old one, a page that is still loading, or that the browser put back when the worker came back, would say that
   * it has loaded, as if the new page had led itself elsewhere. A new frame also leaves no step in the history.
   */
  open(): void {
    this.close();
    this.loads = 0;
    this.nonce = randomWord();
    this.secret = undefined;
    const frame = this.frame.cloneNode() as HTMLIFrameElement;
    frame.ariaBusy = 'true';
    frame.src = `${frame.dataset.src}?nonce=${this.nonce}${frame.dataset.fragment ?? ''}`;
    frame.addEventListener('load', () => this.onLoad(), { signal: this.ended });
    this.frame.replaceWith(frame);
    this.frame = frame;
  }

  send(message: FromPortal): void {
    this.port?.postMessage(message);
  }

  /** Puts an earlier draft back. What the page sends before it has done so is not the worker's. */
  async restore(draft: Draft): Promise<void> {
    this.last = draft;
    this.restoring = this.flushed + 1;
    this.send({ type: 'restore', draft });
    await this.flush();
    this.restoring = 0;
  }

  /** Has the page send what it has; resolves when that is here, or does not come in time. */
  flush(): Promise<void> {
    const { port } = this;
    if (!port) return Promise.resolve();
    const id = (this.flushed += 1);
    return new Promise<void>((resolve) => {
      this.flushes.set(id, resolve);
      setTimeout(resolve, FLUSH_WAIT);
      port.postMessage({ type: 'flush', id } satisfies FromPortal);
    }).finally(() => this.flushes.delete(id));
  }

  private onMessage(event: MessageEvent): void {
    if (event.source !== this.frame.contentWindow || this.port) return;
    if (isClaim(event.data, this.nonce)) this.secret ??= event.data.secret;
    if (!isReady(event.data, this.nonce, this.secret)) return;
    clearTimeout(this.timer);
    const channel = new MessageChannel();
    this.port = channel.port1;
    const load = new Load();
    this.port.onmessage = (event) => {
      // To read `data` is a part of the work: only then it is made of what was sent.
      if (load.exceededBy(() => this.onPageMessage(event.data))) this.cutOff();
    };
    // An opaque origin cannot be named as the target; the port is worth nothing without this window.
    this.frame.contentWindow!.postMessage({ type: 'secondlook:port' }, '*', [channel.port2]);
    this.events.ready();
    this.frame.ariaBusy = null;
  }

  private onLoad(): void {
    if (!this.nonce) return;
    this.loads += 1;
    if (this.loads > 1) {
      this.close();
      this.events.left();
    } else if (!this.port) {
      this.timer = setTimeout(() => this.onSilence(), READY_WAIT);
    }
  }

  /** What still waits in the port goes with it. */
  private cutOff(): void {
    if (!this.port) return;
    this.close();
    this.events.flooded();
  }

  private onSilence(): void {
    this.frame.ariaBusy = null;
    this.events.silent();
  }

  private onPageMessage(data: unknown): void {
    if (!isFromPage(data)) return;
    switch (data.type) {
      case 'dirty':
        return this.onDirty();
      case 'draft':
        return this.onDraft(data.draft, data.id);
      case 'submit':
        return this.onSubmit(data.answer);
      case 'preference':
        return this.events.preference(data.name, data.value);
      case 'previous':
        return this.events.previous();
      case 'error':
        return this.events.error(data.message.slice(0, LONGEST_ERROR), data.isShown ?? false);
    }
  }

  private onDirty(): void {
    if (this.restoring) return;
    this.isDirty = true;
    this.events.dirty();
  }

  private onDraft(draft: Draft, id: number | undefined): void {
    if (this.restoring && this.restoring !== id) return;
    const reason = storageError('draft', draft);
    this.isDirty = reason !== undefined;
    if (reason === undefined) this.onKeepable(draft);
    else this.events.unkept(reason);
    this.flushes.get(id ?? 0)?.();
  }

  private onKeepable(draft: Draft): void {
    const isNews = !isSame(draft, this.last);
    this.last = draft;
    if (isNews) this.events.draft(draft);
    else this.events.unchanged(draft);
  }

  private onSubmit(answer: Answer): void {
    const reason = storageError('answer', answer);
    if (reason !== undefined) return this.send({ type: 'submit-result', ok: false, message: `This answer cannot be stored: ${reason}.` });
    this.isDirty = false;
    this.events.submit(answer);
  }

  private close(): void {
    clearTimeout(this.timer);
    this.port?.close();
    this.port = undefined;
    this.nonce = '';
    this.last = undefined;
    this.restoring = 0;
    this.isDirty = false;
    for (const resolve of this.flushes.values()) resolve();
  }
}

/** A field that is left says that it changed, even where its draft was sent long ago; the server keeps keys in another order. */
function isSame(a: Draft, b: Draft | undefined): boolean {
  const [stateA, stateB] = [JSON.stringify(a.state), JSON.stringify(b?.state)];
  if (stateA === stateB || stateA.length !== stateB?.length) return stateA === stateB;
  return JSON.stringify(sorted(a.state)) === JSON.stringify(sorted(b!.state));
}
