/**
 * The tags of a painting of resting shapes: that of a shape which somebody is at is taken out, as its whole label stands beside it,
 * and put back afterwards. No line is seen below a tag, so what lies around it need not be painted again.
 */
import { overlap, type Rect } from '../../base/geometry.ts';
import { paintTag, type Tag } from '../tags/tag.ts';

type PlacedTag = { readonly tag: Tag; readonly rect: Rect; readonly opacity: number };

export class RestingTags {
  private readonly placed = new Map<number, PlacedTag>();
  private out: ReadonlySet<number> = new Set();

  constructor(private readonly context: CanvasRenderingContext2D) {}

  put(id: number, tag: Tag, rect: Rect, opacity: number): void {
    this.placed.set(id, { tag, rect, opacity });
    paintTag(this.context, tag, rect, opacity);
  }

  /** Where the tag of this shape is. */
  rectOf(id: number): Rect | undefined {
    return this.placed.get(id)?.rect;
  }

  /** From now on there is none of this shape. */
  remove(id: number): void {
    this.placed.delete(id);
  }

  /** Paints those again that have been painted over. */
  repaint(): void {
    for (const [id, { tag, rect, opacity }] of this.placed) if (!this.out.has(id)) paintTag(this.context, tag, rect, opacity);
  }

  /** Takes out the tags of these shapes, and those that lie over what has to be seen; all others are in their places. */
  takeOut(ids: ReadonlySet<number>, clear: Rect | undefined): void {
    const out = new Set(ids);
    if (clear) for (const [id, { rect }] of this.placed) if (overlap(rect, clear)) out.add(id);
    for (const id of out) {
      const rect = this.out.has(id) ? undefined : this.opaque(id)?.rect;
      if (rect) this.context.clearRect(rect.left, rect.top, rect.width, rect.height);
    }
    for (const id of this.out) {
      const back = out.has(id) ? undefined : this.opaque(id);
      if (back) paintTag(this.context, back.tag, back.rect);
    }
    this.out = out;
  }

  /** Lines that shine through a faint tag would go with it. */
  private opaque(id: number): PlacedTag | undefined {
    const placed = this.placed.get(id);
    return placed?.opacity === 1 ? placed : undefined;
  }
}
