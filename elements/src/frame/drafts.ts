/**
 * Sends the work as it stands after every change: the page has no storage of its own (its origin is opaque), and when it
 * goes it is too late to send anything. Of the page's time this takes no more than a tenth.
 */
import { LONGEST_DRAFT_WAIT, type Draft, type FromPage } from './protocol.ts';

/** After a draft that took so long to collect and send, the page is left alone for this many times as long. */
const REST = 9;

export class Drafts {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private rest = 0;

  constructor(
    private readonly current: () => Draft,
    private readonly send: (message: FromPage) => void,
  ) {}

  /** The worker changed something. */
  changed(): void {
    if (this.timer !== undefined) return;
    this.send({ type: 'dirty' });
    const wait = Math.max(0, this.rest - performance.now());
    this.timer = setTimeout(() => this.flush(), Math.min(wait, LONGEST_DRAFT_WAIT));
  }

  /** Sends the draft now; with an `id` also when nothing has changed. */
  flush(id?: number): void {
    if (this.timer === undefined && id === undefined) return;
    this.stop();
    const start = performance.now();
    const draft = this.current();
    this.send(id === undefined ? { type: 'draft', draft } : { type: 'draft', draft, id });
    const end = performance.now();
    this.rest = end + REST * (end - start);
  }

  /** Forgets a pending draft: the answer itself is on its way. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
