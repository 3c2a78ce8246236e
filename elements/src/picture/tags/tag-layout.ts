/**
 * Which tags of resting shapes have room, and where: none covers another one, and none a small shape. Lengths are in screen
 * pixels. Knows no DOM.
 */
import { clamp, overlap, type Rect, type Size } from '../../base/geometry.ts';
import type { TagPlace } from '../shapes/figure.ts';

export const TAG_HEIGHT = 18;
const GAP = 2;
/** A tag may grow beyond its shape to this width where there are few shapes, and to this one where there are more than so many. */
const WIDEST = 200;
const WIDEST_IN_CROWD = 76;
const CROWD = 16;
/** A shape larger than this, either way, is still seen well below a tag. */
const SMALL = 64;
/** A shape of this height has room for a tag inside. */
const HIGH_ENOUGH = 3 * TAG_HEIGHT;
const CELL = 64;
/** Cells of a row are numbered on from those of the row above. */
const ROW = 4096;

/** Where a tag stands, which of the texts it shows, and whether it has to cover a small shape, so that it should only shine through. */
export type Placed = { readonly index: number; readonly rect: Rect; readonly isFaint: boolean };

/** Where a tag of this width may stand, the best place first; undefined for places that are not on screen. */
const PLACES: readonly ((place: TagPlace, width: number, screen: Size) => { left: number; top: number } | undefined)[] = [
  ({ bounds, above }, width, screen) => ({ left: clamp(above - width / 2, 0, screen.width - width), top: bounds.top - TAG_HEIGHT - GAP }),
  ({ bounds, below }, width, screen) => ({ left: clamp(below - width / 2, 0, screen.width - width), top: bounds.top + bounds.height + GAP }),
  // In what is seen of it, so that a shape whose top is beyond the screen has a tag too.
  ({ bounds, above, hasInside }, width, screen) => {
    const [start, end] = [Math.max(bounds.left, 0), Math.min(bounds.left + bounds.width, screen.width)];
    const top = Math.max(bounds.top, 0);
    if (!hasInside || end - start < width + 2 * GAP || bounds.top + bounds.height - top < HIGH_ENOUGH) return undefined;
    return { left: clamp(above - width / 2, start + GAP, end - width - GAP), top: top + GAP };
  },
  ({ bounds, right }) => ({ left: bounds.left + bounds.width + GAP, top: right - TAG_HEIGHT / 2 }),
  ({ bounds, left }, width) => ({ left: bounds.left - width - GAP, top: left - TAG_HEIGHT / 2 }),
];

/** Rectangles, found by where they are. */
class Crowd {
  private readonly cells = new Map<number, Rect[]>();

  add(rect: Rect): void {
    this.everyCell(rect, (cell) => {
      const rects = this.cells.get(cell);
      if (rects) rects.push(rect);
      else this.cells.set(cell, [rect]);
      return true;
    });
  }

  isFree(rect: Rect): boolean {
    return this.everyCell(rect, (cell) => {
      const others = this.cells.get(cell);
      if (others) for (const other of others) if (overlap(rect, other)) return false;
      return true;
    });
  }

  /** Does what is asked hold for every cell that the rectangle touches? */
  private everyCell({ left, top, width, height }: Rect, holds: (cell: number) => boolean): boolean {
    const [right, bottom] = [Math.floor((left + width) / CELL), Math.floor((top + height) / CELL)];
    for (let y = Math.floor(top / CELL); y <= bottom; y += 1) {
      for (let x = Math.floor(left / CELL); x <= right; x += 1) if (!holds(y * ROW + x)) return false;
    }
    return true;
  }
}

export class TagLayout {
  private readonly tags = new Crowd();
  private readonly shapes = new Crowd();
  private count = 0;

  constructor(private readonly screen: Size) {}

  /** A shape lies here. */
  keepClear(bounds: Rect): void {
    this.count += 1;
    if (isSmall(bounds)) this.shapes.add(bounds);
  }

  /**
   * The place of the first of the tags, by their widths, that has room somewhere; undefined where none has. That of a larger
   * shape may cover small ones, faintly, where there is no other way.
   */
  place(place: TagPlace, widths: readonly number[]): Placed | undefined {
    if (!overlap(place.bounds, { left: 0, top: 0, ...this.screen })) return undefined;
    const mayBeFaint = !isSmall(place.bounds);
    // A place without room for the shortest has none for any: in a crowd that is soon said.
    const shortest = Math.min(...widths);
    const places = PLACES.filter((at) => this.room(at(place, shortest, this.screen), shortest, mayBeFaint) !== undefined);
    const widest = Math.max(place.bounds.width, this.count > CROWD ? WIDEST_IN_CROWD : WIDEST);
    let faint: Placed | undefined;
    for (const [index, width] of places.length > 0 ? widths.entries() : []) {
      if (width > widest) continue;
      for (const at of places) {
        const room = this.room(at(place, width, this.screen), width, mayBeFaint && !faint);
        if (room && !room.isFaint) return this.take({ index, ...room });
        if (room) faint = { index, ...room };
      }
    }
    return faint && this.take(faint);
  }

  /** The rectangle there if it has room, at least above small shapes where that is allowed. */
  private room(at: { left: number; top: number } | undefined, width: number, mayBeFaint: boolean): Omit<Placed, 'index'> | undefined {
    const rect = this.onScreen(at, width);
    if (!rect || !this.tags.isFree(rect)) return undefined;
    const isFaint = !this.shapes.isFree(rect);
    return isFaint && !mayBeFaint ? undefined : { rect, isFaint };
  }

  private take(placed: Placed): Placed {
    this.tags.add(placed.rect);
    return placed;
  }

  /** The rectangle there, on whole pixels; undefined where it would be cut. */
  private onScreen(at: { left: number; top: number } | undefined, width: number): Rect | undefined {
    if (!at) return undefined;
    const [left, top] = [Math.round(at.left), Math.round(at.top)];
    const isCut = left < 0 || top < 0 || left + width > this.screen.width || top + TAG_HEIGHT > this.screen.height;
    return isCut ? undefined : { left, top, width, height: TAG_HEIGHT };
  }
}

const isSmall = ({ width, height }: Rect): boolean => width < SMALL && height < SMALL;
