/**
 * The rule of all image tools for shapes that do not lie in the picture: what reaches over its edge is cut to it, and what
 * has nothing inside it is left out. Shapes stay as they were given and are looked at through this, so that the order in
 * which a page brings its shapes, its draft and its picture does not matter. Knows no DOM.
 */
import type { Rect, Size } from '../base/geometry.ts';
import type { Fit } from '../tool/item-list.ts';

/** What a kind of shape must know for its shapes to be kept in the picture. */
export interface Fits<S> {
  bounds(shape: S): Rect;
  /** The part of a shape in the picture: the shape itself where that is all of it, undefined where it is nothing. */
  within(shape: S, picture: Size): S | undefined;
}

/** Less than a pixel over the edge is a matter of rounding. */
const reachesOut = ({ left, top, width, height }: Rect, picture: Size): boolean =>
  left <= -1 || top <= -1 || left + width >= picture.width + 1 || top + height >= picture.height + 1;

export class Fitting<S extends object> implements Fit<S> {
  private size: Size | undefined;
  private fitted = new WeakMap<S, { readonly shape: S | undefined }>();

  constructor(private readonly kind: Fits<S>) {}

  /** False when the picture has this size already. */
  setPicture(size: Size | undefined): boolean {
    if (this.size?.width === size?.width && this.size?.height === size?.height) return false;
    this.size = size;
    this.fitted = new WeakMap();
    return true;
  }

  /** The shape as it lies in the picture, the same object each time; before the picture is known, the shape as it is. */
  of(shape: S): S | undefined {
    if (this.size === undefined) return shape;
    let entry = this.fitted.get(shape);
    if (entry === undefined) this.fitted.set(shape, (entry = { shape: this.kind.within(shape, this.size) }));
    return entry.shape;
  }

  isCut(shape: S): boolean {
    return this.size !== undefined && this.of(shape) !== undefined && reachesOut(this.kind.bounds(shape), this.size);
  }
}
