/** How much a task page asks of the portal. Ours sends a few messages for each change; one that sends without end would stop the portal's clock and buttons. */

/** What is asked is counted for so long; in milliseconds. */
const SPAN = 4000;

/** Within that. A page whose fields change with each frame stays far below both. */
const MOST_MESSAGES = 4000;
const MOST_WORK = 2000;

export class Load {
  private since = Number.NEGATIVE_INFINITY;
  private messages = 0;
  private work = 0;
  private longest = 0;

  /** `now` in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Answers a message; true if that was one too many. */
  exceededBy(answer: () => void): boolean {
    const start = this.now();
    if (start - this.since > SPAN) Object.assign(this, { since: start, messages: 0, work: 0, longest: 0 });
    answer();
    this.messages += 1;
    const took = this.now() - start;
    this.work += took;
    this.longest = Math.max(this.longest, took);
    // A single message that takes long is no flood, nor are the small ones about it: a large draft on a machine that is busy.
    return this.messages > MOST_MESSAGES || this.work - this.longest > MOST_WORK;
  }
}
