/** Which region each pixel of a picture belongs to. Knows no DOM. */
import type { Rect, Size } from '../base/geometry.ts';
import { decodeRuns, encodeRuns } from './runs.ts';

/** A mask is kept, compared and encoded in bands of so many rows: a stroke costs no more than the bands that it touches. */
export const BAND = 64;

/** Regions are numbered from 1; 0 is no region. */
export const MOST_REGIONS = 65_535;

/** Takes the pixels `start` to `end`, which it excludes, of a row; they may lie outside of the picture. */
export type Span = (row: number, start: number, end: number) => void;

export class Mask {
  readonly width: number;
  readonly height: number;
  /** The number of each pixel's region, row by row. */
  readonly cells: Uint16Array;
  /** How many pixels each region has, by its number. */
  readonly counts = new Uint32Array(MOST_REGIONS + 1);
  /** The bands as they were packed last, which {@link pack} brings up to date. */
  private packed: string[];
  private readonly stale: Set<number>;
  /** What was painted since somebody took it: the first and last row and column. */
  private painted: { left: number; top: number; right: number; bottom: number } | undefined;

  constructor({ width, height }: Size) {
    this.width = width;
    this.height = height;
    this.cells = new Uint16Array(width * height);
    this.counts[0] = this.cells.length;
    this.packed = Array.from({ length: Math.ceil(height / BAND) }, () => '');
    this.stale = new Set(this.packed.keys());
  }

  /** The number of the region at a pixel; 0 outside of the picture. */
  at(column: number, row: number): number {
    return column >= 0 && column < this.width && row >= 0 && row < this.height ? (this.cells[row * this.width + column] as number) : 0;
  }

  /** Gives pixels of a row to a region. */
  fill(row: number, start: number, end: number, region: number): void {
    const [left, right] = [Math.max(start, 0), Math.min(end, this.width)];
    if (row < 0 || row >= this.height || left >= right) return;
    const { cells, counts } = this;
    const offset = row * this.width;
    for (let index = offset + left; index < offset + right; index++) {
      counts[cells[index] as number]! -= 1;
      cells[index] = region;
    }
    counts[region]! += right - left;
    this.touch(left, row, right, row + 1);
  }

  /** The same as a function of spans. */
  filler(region: number): Span {
    return (row, start, end) => this.fill(row, start, end, region);
  }

  /** Gives all pixels of some regions to one. */
  replace(regions: readonly number[], by: number): void {
    const { cells, counts, width, height } = this;
    const isMeant = new Uint8Array(MOST_REGIONS + 1);
    for (const region of regions) if (region !== by) isMeant[region] = 1;
    for (let row = 0; row < height; row++) {
      const end = (row + 1) * width;
      let [first, last] = [end, -1];
      for (let index = row * width; index < end; index++) {
        if (isMeant[cells[index] as number] === 0) continue;
        cells[index] = by;
        if (last < 0) first = index;
        last = index;
      }
      if (last >= 0) this.touch(first - row * width, row, last + 1 - row * width, row + 1);
    }
    for (const region of regions) {
      if (region === by) continue;
      counts[by]! += counts[region] as number;
      counts[region] = 0;
    }
  }

  /** The smallest rectangle that holds a region; without a size where it has no pixel. */
  boundsOf(region: number): Rect {
    const { cells, width } = this;
    let [left, right] = [width, 0];
    const first = cells.indexOf(region);
    const last = cells.lastIndexOf(region);
    if (first < 0) return { left: 0, top: 0, width: 0, height: 0 };
    const [top, bottom] = [Math.floor(first / width), Math.floor(last / width) + 1];
    for (let row = top; row < bottom; row++) {
      const cellsOfRow = cells.subarray(row * width, (row + 1) * width);
      const start = cellsOfRow.indexOf(region);
      if (start < 0) continue;
      left = Math.min(left, start);
      right = Math.max(right, cellsOfRow.lastIndexOf(region) + 1);
    }
    return { left, top, width: right - left, height: bottom - top };
  }

  /** The bands as texts, by which two states of a mask are told apart, kept and put back; equal texts are the same pixels. */
  pack(): readonly string[] {
    if (this.stale.size === 0) return this.packed;
    const packed = [...this.packed];
    for (const band of this.stale) packed[band] = encodeRuns(this.cellsOf(band));
    this.stale.clear();
    this.packed = packed;
    return packed;
  }

  /** Takes over bands that {@link pack} gave; false, and nothing changed, where they are not of such a mask. */
  unpack(bands: readonly string[], regions = MOST_REGIONS): boolean {
    if (bands.length !== this.packed.length) return false;
    const changed = [...bands.keys()].filter((band) => this.stale.has(band) || bands[band] !== this.packed[band]);
    const decoded = changed.map((band) => decodeRuns(bands[band] as string, this.cellsOf(band).length, regions));
    if (decoded.includes(undefined)) return false;
    for (const [index, band] of changed.entries()) this.put(band, decoded[index] as Uint16Array);
    this.packed = [...bands];
    this.stale.clear();
    return true;
  }

  /** What was painted since the last call; undefined where nothing was. */
  takePainted(): Rect | undefined {
    const { painted } = this;
    this.painted = undefined;
    return painted && { left: painted.left, top: painted.top, width: painted.right - painted.left, height: painted.bottom - painted.top };
  }

  /** To be called after writing to {@link cells} directly. */
  recount(): void {
    const { cells, counts } = this;
    counts.fill(0);
    for (let index = 0; index < cells.length; index++) counts[cells[index] as number]! += 1;
    this.touch(0, 0, this.width, this.height);
  }

  private cellsOf(band: number): Uint16Array {
    return this.cells.subarray(band * BAND * this.width, Math.min((band + 1) * BAND, this.height) * this.width);
  }

  private put(band: number, cells: Uint16Array): void {
    const target = this.cellsOf(band);
    for (let index = 0; index < cells.length; index++) {
      const [old, region] = [target[index] as number, cells[index] as number];
      if (old === region) continue;
      this.counts[old]! -= 1;
      this.counts[region]! += 1;
      target[index] = region;
    }
    this.touch(0, band * BAND, this.width, Math.min((band + 1) * BAND, this.height));
  }

  private touch(left: number, top: number, right: number, bottom: number): void {
    for (let band = Math.floor(top / BAND); band * BAND < bottom; band++) this.stale.add(band);
    const { painted } = this;
    if (painted === undefined) this.painted = { left, top, right, bottom };
    else {
      painted.left = Math.min(painted.left, left);
      painted.top = Math.min(painted.top, top);
      painted.right = Math.max(painted.right, right);
      painted.bottom = Math.max(painted.bottom, bottom);
    }
  }
}

/** The mask in another size: each pixel takes the region of the nearest one. */
export function stretched(mask: Mask, size: Size): Mask {
  if (mask.width === size.width && mask.height === size.height) return mask;
  const result = new Mask(size);
  const columns = Uint32Array.from({ length: size.width }, (_, column) => Math.floor(((column + 0.5) * mask.width) / size.width));
  for (let row = 0; row < size.height; row++) {
    const source = Math.floor(((row + 0.5) * mask.height) / size.height) * mask.width;
    for (let column = 0; column < size.width; column++) {
      result.cells[row * size.width + column] = mask.cells[source + (columns[column] as number)] as number;
    }
  }
  result.recount();
  return result;
}
