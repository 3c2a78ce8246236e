/** Acts once the calls pause, but no later than a while after the first: who works on without a pause is not forgotten. */

export class Debounce {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private first: number | undefined;

  /** Both in milliseconds. */
  constructor(
    private readonly act: () => void,
    private readonly pause: number,
    private readonly longest: number,
  ) {}

  call(): void {
    clearTimeout(this.timer);
    this.first ??= Date.now();
    const left = Math.max(0, this.first + this.longest - Date.now());
    this.timer = setTimeout(() => this.now(), Math.min(this.pause, left));
  }

  now(): void {
    this.cancel();
    this.act();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.first = undefined;
  }
}
