/**
 * A value with a past and a future. Values are immutable and share structure, so keeping them is cheap.
 * Knows no DOM.
 */
export class History<T> {
  private past: T[] = [];
  private future: T[] = [];
  private run: string | undefined;

  constructor(private value: T) {}

  get present(): T {
    return this.value;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Makes `value` the present. Commits of one `run` (a held arrow key) are undone together. */
  commit(value: T, run?: string): void {
    if (run === undefined || run !== this.run) this.past.push(this.value);
    this.run = run;
    this.future = [];
    this.value = value;
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
  }

  redo(): void {
    this.seal();
    const later = this.future.pop();
    if (later === undefined) return;
    this.past.push(this.value);
    this.value = later;
  }

  /** Starts over from `value`, with neither past nor future. */
  restart(value: T): void {
    this.past = [];
    this.future = [];
    this.seal();
    this.value = value;
  }
}
