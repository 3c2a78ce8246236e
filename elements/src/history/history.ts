/**
 * A value with a past and a future. Values are immutable and share structure, so keeping them is cheap; where they may be
 * large all the same, the oldest are forgotten when all together take more than some `room`. Knows no DOM.
 */
export class History<T> {
  private past: T[] = [];
  private future: T[] = [];
  private run: string | undefined;
  private lastWasUndo = false;

  /** `weigh` tells how much room a value takes beside the one after it. */
  constructor(
    private value: T,
    private readonly weigh: (earlier: T, later: T) => number = () => 0,
    private readonly room = Infinity,
  ) {}

  get present(): T {
    return this.value;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** The present came by an undo. */
  get isUndone(): boolean {
    return this.lastWasUndo;
  }

  /** Makes `value` the present. Commits of one `run` (a held arrow key) are undone together. */
  commit(value: T, run?: string): void {
    if (run === undefined || run !== this.run) this.past.push(this.value);
    this.run = run;
    this.lastWasUndo = false;
    this.future = [];
    this.value = value;
    this.forget();
  }

  /** The next commit begins a new step, whatever its run. */
  seal(): void {
    this.run = undefined;
  }

  undo(): void {
    this.seal();
    const earlier = this.past.pop();
    if (earlier === undefined) return;
    this.future.push(this.value);
    this.value = earlier;
    this.lastWasUndo = true;
  }

  redo(): void {
    this.seal();
    const later = this.future.pop();
    if (later === undefined) return;
    this.past.push(this.value);
    this.value = later;
    this.lastWasUndo = false;
  }

  /** Starts over from `value`, with neither past nor future. */
  restart(value: T): void {
    this.past = [];
    this.future = [];
    this.lastWasUndo = false;
    this.seal();
    this.value = value;
  }

  /** Keeps as much of the past as there is room for, and the last step in any case. */
  private forget(): void {
    let taken = 0;
    let later = this.value;
    for (let index = this.past.length - 1; index >= 0; index--) {
      const earlier = this.past[index] as T;
      taken += this.weigh(earlier, later);
      if (taken > this.room && index < this.past.length - 1) {
        this.past.splice(0, index + 1);
        return;
      }
      later = earlier;
    }
  }
}
