/** What of a region hangs together, and what lies enclosed in one. Knows no DOM. */
import type { Rect } from '../base/geometry.ts';
import type { Mask, Span } from './mask.ts';

/** Pixels that hang together, each group in runs of cells; groups are numbered by where they begin. */
export class Parts {
  /** How many pixels each part has. */
  readonly sizes: number[] = [];
  /** The cell in which each part begins. */
  readonly firsts: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  /** An earlier run that this one hangs together with, or itself; in the end, its part. */
  private readonly owners: number[] = [];

  private constructor(private readonly width: number) {}

  /**
   * The parts of a region, whose pixels hang together also by a corner, as those of a thin slanted line do; or of all that
   * is around it, whose pixels then hang together side by side only.
   */
  static of(mask: Mask, region: number, isInside = true, within: Rect = mask.boundsOf(region)): Parts {
    const parts = new Parts(mask.width);
    let [above, own] = [0, 0];
    for (let row = within.top; row < within.top + within.height; row++) {
      const first = row * mask.width + within.left;
      parts.collect(mask.cells, first, first + within.width, region, isInside);
      parts.join(above, own, isInside ? 1 : 0);
      [above, own] = [own, parts.starts.length];
    }
    parts.number();
    return parts;
  }

  /** Tells each run of the parts that are meant. */
  each(tell: (part: number, row: number, start: number, end: number) => void): void {
    const { width } = this;
    for (const [run, start] of this.starts.entries()) {
      const row = Math.floor(start / width);
      tell(this.owners[run] as number, row, start - row * width, (this.ends[run] as number) - row * width);
    }
  }

  /** The part that has a cell; undefined where none has. */
  at(cell: number): number | undefined {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] as number) <= cell) low = middle + 1;
      else high = middle;
    }
    return low < this.starts.length && (this.starts[low] as number) <= cell ? this.owners[low] : undefined;
  }

  private collect(cells: Uint16Array, first: number, end: number, region: number, isInside: boolean): void {
    let at = first;
    while (at < end) {
      while (at < end && (cells[at] === region) !== isInside) at += 1;
      if (at === end) return;
      this.owners.push(this.starts.length);
      this.starts.push(at);
      while (at < end && (cells[at] === region) === isInside) at += 1;
      this.ends.push(at);
    }
  }

  /** Joins the runs of a row with those of the row above that they touch, or that lie no further away than `reach`. */
  private join(above: number, own: number, reach: number): void {
    const { starts, ends, width } = this;
    for (let upper = above, lower = own; upper < own && lower < starts.length; ) {
      const [start, end] = [(starts[lower] as number) - width, (ends[lower] as number) - width];
      if ((starts[upper] as number) < end + reach && start < (ends[upper] as number) + reach) this.unite(upper, lower);
      if ((ends[upper] as number) < end) upper += 1;
      else lower += 1;
    }
  }

  private unite(run: number, other: number): void {
    const [first, second] = [this.root(run), this.root(other)];
    if (first < second) this.owners[second] = first;
    else this.owners[first] = second;
  }

  private root(run: number): number {
    const { owners } = this;
    let at = run;
    while (owners[at] !== at) at = owners[at] = owners[owners[at] as number] as number;
    return at;
  }

  /** Roots lie before all that hang on them, so that one pass suffices. */
  private number(): void {
    const { owners, sizes, firsts, starts, ends } = this;
    for (const [run, owner] of owners.entries()) {
      const part = owner === run ? sizes.length : (owners[owner] as number);
      if (owner === run) firsts.push(starts[run] as number);
      sizes[part] = (sizes[part] ?? 0) + (ends[run] as number) - (starts[run] as number);
      owners[run] = part;
    }
  }
}

/** The pixels of no region that a region goes all around. */
export function holes(mask: Mask, region: number, span: Span): void {
  const within = mask.boundsOf(region);
  const [right, bottom] = [within.left + within.width, within.top + within.height];
  const parts = Parts.of(mask, region, false, within);
  const open = new Set<number>();
  parts.each((part, row, start, end) => {
    if (row === within.top || row === bottom - 1 || start === within.left || end === right) open.add(part);
  });
  parts.each((part, row, start, end) => {
    if (!open.has(part)) only(mask, 0, span)(row, start, end);
  });
}

/** Of the spans that it is given, tells the runs of one region. */
export function only({ cells, width, height }: Mask, region: number, span: Span): Span {
  return (row, start, end) => {
    if (row < 0 || row >= height) return;
    const offset = row * width;
    const last = Math.min(end, width);
    for (let at = Math.max(start, 0); at < last; ) {
      while (at < last && cells[offset + at] !== region) at += 1;
      const first = at;
      while (at < last && cells[offset + at] === region) at += 1;
      if (first < at) span(row, first, at);
    }
  };
}
