/**
 * Which tags have room: none covers another one, and one that is wider than its shape covers no small shape either.
 * Lengths are in screen pixels. Knows no DOM.
 */
import { clamp, overlap, type Rect, type Size } from './geometry.ts';
import type { TagPlace } from './shapes/figure.ts';

export const TAG_HEIGHT = 18;
const GAP = 2;
/** A tag may grow beyond its shape to this width. */
const WIDEST = 120;
/** A shape larger than this, either way, is still seen well below a tag. */
const SMALL = 64;
const CELL = 64;

/** The place of a tag of this width: above the point, or below it where the screen ends above. */
export function tagRect({ at }: TagPlace, width: number, screen: Size): Rect {
  const above = at.y - TAG_HEIGHT - GAP;
  const left = clamp(at.x - width / 2, 0, screen.width - width);
  return { left: Math.round(left), top: Math.round(above < 0 ? at.y + GAP : above), width, height: TAG_HEIGHT };
}

/** Rectangles, found by where they are. */
class Crowd {
  private readonly cells = new Map<string, Rect[]>();

  add(rect: Rect): void {
    for (const cell of this.cellsOf(rect)) {
      const rects = this.cells.get(cell);
      if (rects) rects.push(rect);
      else this.cells.set(cell, [rect]);
    }
  }

  isFree(rect: Rect): boolean {
    return this.cellsOf(rect).every((cell) => !this.cells.get(cell)?.some((other) => overlap(rect, other)));
  }

  private cellsOf({ left, top, width, height }: Rect): string[] {
    const cells: string[] = [];
    for (let x = Math.floor(left / CELL); x <= (left + width) / CELL; x += 1) {
      for (let y = Math.floor(top / CELL); y <= (top + height) / CELL; y += 1) cells.push(`${x} ${y}`);
    }
    return cells;
  }
}

export class TagLayout {
  private readonly tags = new Crowd();
  private readonly shapes = new Crowd();

  constructor(private readonly screen: Size) {}

  /** A shape lies here. */
  keepClear(bounds: Rect): void {
    if (bounds.width < SMALL && bounds.height < SMALL) this.shapes.add(bounds);
  }

  /** The place of the first of the tags, by their widths, that has room there; undefined where none has. */
  place(place: TagPlace, widths: readonly number[]): { readonly index: number; readonly rect: Rect } | undefined {
    for (const [index, width] of widths.entries()) {
      const rect = tagRect(place, width, this.screen);
      if (!this.hasRoom(rect, place.room)) continue;
      this.tags.add(rect);
      return { index, rect };
    }
    return undefined;
  }

  private hasRoom(rect: Rect, room: number): boolean {
    if (rect.width > Math.max(room, WIDEST) || !this.tags.isFree(rect)) return false;
    return rect.width <= room || this.shapes.isFree(rect);
  }
}
