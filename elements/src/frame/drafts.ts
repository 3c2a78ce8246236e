/** Sends a draft about a second after the worker's last change, and at once when asked or when the page is left. */
import { DRAFT_DELAY, type Draft, type FromPage } from './protocol.ts';

export class Drafts {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly current: () => Draft,
    private readonly send: (message: FromPage) => void,
  ) {}

  /** The worker changed something. */
  changed(): void {
    if (this.timer === undefined) this.send({ type: 'dirty' });
    else clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), DRAFT_DELAY);
  }

  /** Sends the draft now; with an `id` also when nothing has changed. */
  flush(id?: number): void {
    if (this.timer === undefined && id === undefined) return;
    this.stop();
    const draft = this.current();
    this.send(id === undefined ? { type: 'draft', draft } : { type: 'draft', draft, id });
  }

  /** Forgets a pending draft: the answer itself is on its way. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
