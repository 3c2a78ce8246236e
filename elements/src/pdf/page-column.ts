/** Where the pages of a document lie, one below the other. Lengths are in CSS pixels. Knows no DOM. */
import type { Size } from '../base/geometry.ts';

/** Between two pages, and around all. */
export const GAP = 12;

/** A page without a size of its own, or with one that nobody could read, is a sheet of A4. */
const SHEET: Size = { width: 595, height: 842 };
/** The sides of a page in points, of which a file may claim any. */
const LEAST = 1;
const MOST = 14_400;

const sensible = (length: number, otherwise: number): number => (length >= LEAST && length <= MOST ? length : otherwise);

export const sensibleSize = ({ width, height }: Size): Size => ({ width: sensible(width, SHEET.width), height: sensible(height, SHEET.height) });

export type Range = { readonly from: number; readonly to: number };

/** Pages are counted from 0. A page whose size is not known yet is taken to be as large as the first. */
export class PageColumn {
  private readonly known = new Map<number, Size>();
  private tops: number[] | undefined;
  private factor = 1;

  constructor(
    readonly count: number,
    private readonly first: Size,
  ) {}

  get scale(): number {
    return this.factor;
  }

  set scale(scale: number) {
    this.factor = scale;
    this.tops = undefined;
  }

  /** Takes the size of a page at scale 1; false where it was known so. */
  setSize(page: number, size: Size): boolean {
    const old = this.known.get(page) ?? this.first;
    this.known.set(page, size);
    if (old.width === size.width && old.height === size.height) return false;
    this.tops = undefined;
    return true;
  }

  sizeOf(page: number): Size {
    const { width, height } = this.known.get(page) ?? this.first;
    return { width: width * this.factor, height: height * this.factor };
  }

  /** The size at scale 1 of the widest page that is known. */
  get widest(): number {
    return Math.max(this.first.width, ...[...this.known.values()].map(({ width }) => width));
  }

  topOf(page: number): number {
    return this.layOut()[page] ?? GAP;
  }

  get height(): number {
    return this.layOut()[this.count] ?? GAP;
  }

  /** The page that lies at this height; the nearest where none does. */
  at(y: number): number {
    const tops = this.layOut();
    let [low, high] = [0, Math.max(this.count - 1, 0)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((tops[middle] as number) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The pages between two heights. */
  between(top: number, bottom: number): Range {
    return { from: this.at(top), to: this.at(bottom) };
  }

  /** The top of each page, and behind them the height of all. */
  private layOut(): number[] {
    if (this.tops) return this.tops;
    const tops = [GAP];
    for (let page = 0; page < this.count; page += 1) tops.push((tops[page] as number) + this.sizeOf(page).height + GAP);
    return (this.tops = tops);
  }
}
