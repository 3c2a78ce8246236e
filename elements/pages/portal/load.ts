/** How much a task page asks of the portal. Ours sends a few messages for each change; one that sends without end would stop the portal's clock and buttons. */

/** Messages are counted for so long; in milliseconds. */
const SPAN = 4000;

/** Within that. A page whose fields change with each frame stays far below. */
const MOST_MESSAGES = 4000;

/** Of its time the portal may be kept at work for this share without end, and for so many milliseconds more. */
const SHARE = 0.4;
const MOST_WORK = 2000;

export class Load {
  private since = Number.NEGATIVE_INFINITY;
  private messages = 0;
  /** Milliseconds beyond the share, up to `rested`, and the longest message among them. */
  private work = 0;
  private longest = 0;
  private rested = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Answers a message; true if that was one too many. */
  exceededBy(answer: () => void): boolean {
    const start = this.now();
    if (start - this.since > SPAN) Object.assign(this, { since: start, messages: 0 });
    this.rest(start);
    answer();
    const end = this.now();
    this.messages += 1;
    this.work += end - start;
    this.longest = Math.max(this.longest, end - start);
    this.rest(end);
    // A single message that takes long is no flood, nor are the small ones about it: a large draft on a machine that is busy.
    return this.messages > MOST_MESSAGES || this.work - this.longest > MOST_WORK;
  }

  private rest(now: number): void {
    this.work = Math.max(0, this.work - SHARE * (now - this.rested));
    this.rested = now;
    if (this.work === 0) this.longest = 0;
  }
}
