/**
 * Looking at predictions one after another: in which order, at which of them somebody is, and at which they have been. Knows
 * neither the DOM nor more than the number of each.
 */

/** `off`: not one by one. `each`: at one of them. `rest`: past the last, where what is missing is sought. */
export type Phase = 'off' | 'each' | 'rest';

/** What of them there is just now. */
export type Present = {
  /** On screen, in any order; also others, which nobody predicted. */
  readonly shown: ReadonlySet<number>;
  /** There is more, out of sight. */
  readonly hidesSome: boolean;
  /** How many have been deleted. */
  readonly gone: number;
};

export class Verification {
  private now: Phase = 'off';
  private order: readonly number[] = [];
  private ranks: ReadonlyMap<number, number> = new Map();
  private readonly checked = new Set<number>();
  /** Those on screen, in order. */
  private list: readonly number[] = [];
  private gone = 0;
  private at: number | undefined;

  /** Other predictions, the most doubtful first. Nobody has looked at one yet. */
  start(order: readonly number[]): void {
    this.order = order;
    this.ranks = new Map(order.map((id, rank) => [id, rank]));
    this.checked.clear();
    this.list = order;
    this.gone = 0;
    this.at = undefined;
    this.now = 'off';
  }

  /** To be called after each change of what there is. Whoever was at one that is not on screen any more is at the next one. */
  see({ shown, hidesSome, gone }: Present): void {
    this.list = this.order.filter((id) => shown.has(id));
    this.gone = gone;
    if (this.now !== 'each' || this.current !== undefined) return;
    // Where everything is hidden for a moment, nobody has moved on.
    if (this.list.length > 0 || !hidesSome) this.goOn();
  }

  get phase(): Phase {
    return this.now;
  }

  /** Where somebody is; undefined where that is nowhere, or hidden. */
  get current(): number | undefined {
    return this.now === 'each' && this.at !== undefined && this.list[this.indexOf(this.at)] === this.at ? this.at : undefined;
  }

  /** What was deleted has been looked at as well. */
  get progress(): { readonly checked: number; readonly total: number } {
    return { checked: this.list.length - this.left + this.gone, total: this.list.length + this.gone };
  }

  /** How many on screen nobody has looked at. */
  get left(): number {
    return this.list.reduce((count, id) => count + (this.checked.has(id) ? 0 : 1), 0);
  }

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  /** Was it predicted, and has nobody looked at it? */
  isOpen(id: number): boolean {
    return this.ranks.has(id) && !this.checked.has(id);
  }

  /** From now on one by one: from the first that nobody has looked at, or once more from the first. */
  begin(): void {
    this.now = 'each';
    this.at = this.list.find((id) => !this.checked.has(id)) ?? this.list[0];
    if (this.at === undefined) this.now = 'rest';
  }

  stop(): void {
    this.now = 'off';
  }

  /** To this one, if it is one of those on screen. */
  go(id: number): boolean {
    if (this.list[this.indexOf(id)] !== id) return false;
    this.at = id;
    this.now = 'each';
    return true;
  }

  /** It is right: on to the next that nobody has looked at. */
  keep(): void {
    if (this.current === undefined) return;
    this.checked.add(this.current);
    this.goOn();
  }

  /** On to the next in order, whatever was said of this one. */
  next(): void {
    this.stepFrom(this.at === undefined ? 0 : this.indexOf(this.at) + 1);
  }

  /** To the one before, from the end to the last one; false where there is none. */
  back(): boolean {
    const index = this.now === 'rest' ? this.list.length : this.at === undefined ? 0 : this.indexOf(this.at);
    if (index === 0) return false;
    this.stepFrom(index - 1);
    return true;
  }

  mark(id: number): void {
    if (this.ranks.has(id)) this.checked.add(id);
  }

  /** What was said of it was taken back. */
  unmark(id: number): void {
    this.checked.delete(id);
  }

  private stepFrom(index: number): void {
    this.at = this.list[index];
    this.now = this.at === undefined ? 'rest' : 'each';
  }

  /** To the next that nobody has looked at, from the last again to the first; past all of them, the end. */
  private goOn(): void {
    const from = this.at === undefined ? 0 : this.indexOf(this.at);
    const isOpen = (id: number): boolean => !this.checked.has(id);
    const next = this.list.slice(from).find(isOpen) ?? this.list.find(isOpen);
    if (next === undefined) this.now = 'rest';
    else this.at = next;
  }

  /** Where it stands among those on screen, or would stand. */
  private indexOf(id: number): number {
    const rank = this.ranks.get(id) ?? Infinity;
    let [low, high] = [0, this.list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ranks.get(this.list[middle] as number) as number) < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
