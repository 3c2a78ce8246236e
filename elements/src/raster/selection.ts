/** Which regions of a mask are selected, in the order in which they were, and which one is under the pointer. Knows no DOM. */

export class Selection {
  /** The one to which strokes add comes first; it may have no pixel yet. */
  numbers: readonly number[] = [];
  /** What lies under a pointer that selects. */
  hovered: number | undefined;
  /** A click adds to what is selected, as with Shift. */
  growsByClick = false;

  /** `exists`: has this region pixels? */
  constructor(private readonly exists: (number: number) => boolean) {}

  /** All of them that have pixels. */
  get all(): readonly number[] {
    return this.numbers.filter(this.exists);
  }

  /** What keys work on: what is selected, else what is under a pointer that selects. */
  get meant(): readonly number[] {
    const { all, hovered } = this;
    return all.length > 0 || hovered === undefined || !this.exists(hovered) ? all : [hovered];
  }

  get first(): number | undefined {
    return this.numbers[0];
  }

  set(number: number | undefined): void {
    this.numbers = number === undefined ? [] : [number];
  }

  /** Adds a region, or takes it out where it is selected already. */
  toggle(number: number): void {
    const { numbers } = this;
    this.numbers = numbers.includes(number) ? numbers.filter((other) => other !== number) : [...numbers, number];
  }

  /** Lets go of what does not meet the test. */
  keep(test: (number: number) => boolean): void {
    if (!this.numbers.every(test)) this.numbers = this.numbers.filter(test);
    if (this.hovered !== undefined && !test(this.hovered)) this.hovered = undefined;
  }
}
