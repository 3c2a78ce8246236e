/**
 * Copies of shapes, which are put back elsewhere on the picture or on that of the next task. They are kept as the answer
 * would hold them, so without scores: nobody but the worker has said that they are there. Knows no DOM.
 */
import { centre, type Point, type Rect, type Size } from '../../base/geometry.ts';
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { bytesOf, MOST_BYTES_OF_PREFERENCE, type Json } from '../../frame/protocol.ts';
import { around, together } from './several.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';

/** A copy that is put beside what it is a copy of lies so many pixels away. */
const OFFSET = 10;
/** Where copies are kept for the next task. */
export interface Keep {
  get(): Json | undefined;
  set(value: Json): void;
}

/** What was copied last on this page, by any tool. */
let copied: Json | undefined;
/** How often it was put without a place to put it. */
let pasted = 0;

/** What was kept need not come from an answer. Differences of larger numbers are not exact, and of the largest no numbers any more. */
const isMeasurable = ({ left, top, width, height }: Rect): boolean => [left, top, width, height].every((value) => Math.abs(value) <= Number.MAX_SAFE_INTEGER);

const itemsOf = (kept: Json | undefined, answerKey: string): JsonObject[] =>
  isJsonObject(kept) && kept.kind === answerKey && Array.isArray(kept.shapes) ? kept.shapes.filter(isJsonObject) : [];

export class Clipboard<S extends Shape> {
  /** What became of the last paste, where not everything of it is there. */
  remark = '';

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly keep: Keep,
  ) {}

  get canCopy(): boolean {
    return this.shapes.selected !== undefined;
  }

  get canPaste(): boolean {
    return itemsOf(copied ?? this.keep.get(), this.kind.answerKey).length > 0;
  }

  copy(): void {
    this.remark = '';
    copied = { kind: this.kind.answerKey, shapes: this.shapes.selectedItems.map((shape) => this.kind.write(shape)) };
    pasted = 0;
    // What is too large is forgotten with the page, and what was kept before must not come in its place.
    this.keep.set(bytesOf(JSON.stringify(copied)) <= MOST_BYTES_OF_PREFERENCE ? copied : null);
  }

  /** Puts the copies with their middle at this place, else a little away from where they were taken. */
  paste(at: Point | undefined, picture: Size): void {
    const items = itemsOf(copied ?? this.keep.get(), this.kind.answerKey);
    const shapes = items.flatMap((item) => this.read(item));
    this.remark = this.leftOut(items.length - shapes.length);
    if (at === undefined) pasted += 1;
    this.put(shapes, picture, (middle) => (at ? { x: at.x - middle.x, y: at.y - middle.y } : { x: OFFSET * pasted, y: OFFSET * pasted }));
  }

  /** Puts a copy of what is selected beside it. */
  duplicate(picture: Size): void {
    const shapes = this.shapes.selectedItems.flatMap((shape) => this.read(this.kind.write(shape)));
    this.put(shapes, picture, () => ({ x: OFFSET, y: OFFSET }));
  }

  /** Copies of another task may be of labels, or of a form, that this one has not. */
  private read(item: JsonObject): S[] {
    try {
      const shape = this.kind.read(item, this.shapes.newId());
      return this.shapes.isListed(shape) && isMeasurable(this.kind.geometry.bounds(shape)) ? [shape] : [];
    } catch {
      return [];
    }
  }

  private leftOut(count: number): string {
    const { singular, plural } = this.kind.noun;
    return count === 0 ? '' : `Not pasted: ${count} ${count === 1 ? singular : plural}, for want of a label that this task offers.`;
  }

  private put(shapes: readonly S[], picture: Size, offset: (middle: Point) => Point): void {
    if (shapes.length === 0) return this.shapes.notify();
    const { geometry } = this.kind;
    const { x, y } = offset(centre(around(geometry, shapes)));
    let moved = together(geometry, shapes, x, y, picture);
    // In the far corner there is no room for it but on the other side.
    if (moved.every((shape, index) => geometry.same(shape, shapes[index] as S))) moved = together(geometry, shapes, -x, -y, picture);
    this.shapes.addAll(this.named(moved));
  }

  private named(shapes: readonly S[]): readonly S[] {
    const { another } = this.kind;
    if (!another) return shapes;
    const all = [...this.shapes.items];
    for (const shape of shapes) all.push(another(shape, all));
    return all.slice(-shapes.length);
  }
}
