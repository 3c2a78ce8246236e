/**
 * Sends the work as it stands after every change, also one that a script makes without an event: the page has no storage of its own (its origin is opaque), and when it
 * goes it is too late to send anything. Of the page's time this takes no more than a tenth.
 */
import { LONGEST_DRAFT_WAIT, type Draft, type FromPage } from './protocol.ts';

/** After a draft that took so long to collect and send, the page is left alone for this many times as long. */
const REST = 9;

export class Drafts {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private later: ReturnType<typeof setTimeout> | undefined;
  private rest = 0;
  private isDirty = false;
  /** The state that needs no sending: as the worker found it, or as it was sent last. */
  private known: string | undefined;

  constructor(
    private readonly current: () => Draft,
    private readonly send: (message: FromPage) => void,
  ) {}

  /** The worker changed something. */
  changed(): void {
    if (!this.isDirty) this.send({ type: 'dirty' });
    this.isDirty = true;
    this.schedule();
  }

  /** The worker is about to do something, of which a script may make a change: at once, or a moment later. */
  acting(): void {
    this.known ??= JSON.stringify(this.current().state);
    this.schedule();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.schedule(), LONGEST_DRAFT_WAIT);
  }

  /** Sends the draft now if it is news; with an `id` in any case. */
  flush(id?: number): void {
    if (this.known === undefined && !this.isDirty && id === undefined) return;
    const start = performance.now();
    const draft = this.current();
    const state = JSON.stringify(draft.state);
    const isNews = this.isDirty || state !== this.known;
    this.clear();
    this.known = state;
    if (id !== undefined) this.send({ type: 'draft', draft, id });
    else if (isNews) this.send({ type: 'draft', draft });
    const end = performance.now();
    this.rest = end + REST * (end - start);
  }

  /** The answer is on its way, and this the draft that it is made of: it can be taken back, and is looked at again, by that. */
  finish(): void {
    this.isDirty = true;
    this.flush();
    this.stop();
  }

  /** Forgets a pending draft. */
  stop(): void {
    clearTimeout(this.later);
    this.clear();
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isDirty = false;
  }

  private schedule(): void {
    const wait = Math.max(0, this.rest - performance.now());
    this.timer ??= setTimeout(() => this.flush(), Math.min(wait, LONGEST_DRAFT_WAIT));
  }
}
