/**
 * The picture on screen with its canvases: what is shown of it, and the way from pointers to shapes.
 *
 * The picture itself is an `<img>` moved by a CSS transform, so the browser scales even very large ones cheaply; the
 * shapes are drawn on canvases that always have the size of the screen.
 */
import { afterResize } from '../base/after-resize.ts';
import { Canvas } from './canvas.ts';
import { Gestures, type Gesture } from './gestures.ts';
import type { Point, Rect, Size } from './geometry.ts';
import { contains } from './geometry.ts';
import { fit, pan, reveal, toPicture, zoom, type Viewport } from './viewport.ts';
import { Pointer, type PointerTarget } from './pointer.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { Shapes } from './shapes.ts';

/** A press that moves less than this, in screen pixels, is a click. */
const SLOP = 4;

type Parts = {
  surface: HTMLElement;
  image: HTMLImageElement;
  resting: readonly [HTMLCanvasElement, HTMLCanvasElement];
  front: HTMLCanvasElement;
  upper: HTMLElement;
};

export class Surface<S extends Shape> implements PointerTarget {
  /** The natural size of the picture; undefined until it has loaded. */
  picture: Size | undefined;
  view: Viewport = { scale: 1, x: 0, y: 0 };
  pointer: Pointer | undefined;
  private screen: Size = { width: 0, height: 0 };
  private parts: Parts | undefined;
  private guide: Point | undefined;
  private isFitted = true;
  private readonly canvas: Canvas<S>;
  private readonly gestures: Gestures<S>;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly zoomed: () => void,
    private readonly appeared: () => void,
  ) {
    this.canvas = new Canvas(kind, shapes, () => this.picture && { view: this.view, picture: this.picture, screen: this.screen, guide: this.guide });
    this.gestures = new Gestures(kind.geometry, kind.drawing, shapes);
    shapes.listen(() => this.canvas.refresh());
  }

  attach(parts: Parts): void {
    this.parts = parts;
    this.pointer = new Pointer(parts.surface, this);
    this.canvas.attach(parts.resting, parts.front);
    afterResize(parts.surface, () => this.measure());
    this.measure();
  }

  /** The picture has loaded, or (undefined) there is none any more. */
  setPicture(size: Size | undefined): void {
    this.picture = size;
    this.isFitted = true;
    if (!size && this.parts) Object.assign(this.parts.image.style, { width: '', height: '' });
    this.measure();
  }

  /** The middle part of the picture that is on screen. */
  get seen(): Rect {
    const start = toPicture(this.view, { x: 0, y: 0 });
    return { left: start.x, top: start.y, width: this.screen.width / this.view.scale, height: this.screen.height / this.view.scale };
  }

  fit(): void {
    if (!this.picture) return;
    this.isFitted = true;
    this.show(fit(this.picture, this.screen));
  }

  /** Shows picture pixels at their natural size, about the middle of the screen. */
  naturalSize(): void {
    this.zoom(1 / this.view.scale);
  }

  zoom(factor: number, anchor: Point = { x: this.screen.width / 2, y: this.screen.height / 2 }): void {
    if (!this.picture) return;
    this.isFitted = false;
    this.show(zoom(this.view, factor, anchor, this.picture, this.screen));
  }

  pan(dx: number, dy: number): void {
    if (!this.picture) return;
    this.isFitted = false;
    this.show(pan(this.view, dx, dy, this.picture, this.screen));
  }

  /** Brings a shape on screen if it is not. */
  reveal(shape: S): void {
    if (!this.picture) return;
    const view = reveal(this.view, this.kind.geometry.bounds(shape), this.picture, this.screen);
    if (view !== this.view) this.show(view);
  }

  toPicture(point: Point): Point {
    return toPicture(this.view, point);
  }

  press(point: Point, { reach, force }: { reach: number; force: boolean }): Gesture | undefined {
    if (!this.picture) return undefined;
    const { scale } = this.view;
    return this.gestures.press({ point: this.toPicture(point), reach: reach / scale, slop: SLOP / scale, force }, this.picture);
  }

  hover(point: Point | undefined, reach: number): void {
    if (!this.parts || !this.picture) return;
    const at = point && this.toPicture(point);
    if (!at) this.shapes.unfinished?.follow(undefined, this.picture);
    const hover = at && this.gestures.hover(at, reach / this.view.scale, this.picture);
    this.shapes.hovered = this.shapes.preview ? undefined : hover?.id;
    const isInside = at !== undefined && contains({ left: 0, top: 0, ...this.picture }, at);
    this.guide = isInside && (hover?.cursor === 'crosshair' || this.shapes.preview !== undefined) ? at : undefined;
    this.parts.surface.style.cursor = this.pointer?.panning ? 'grab' : (hover?.cursor ?? '');
    this.canvas.refresh();
  }

  /** While it is true, dragging moves the picture. */
  setPanning(isPanning: boolean): void {
    if (!this.pointer || !this.parts) return;
    this.pointer.panning = isPanning;
    this.parts.surface.style.cursor = isPanning ? 'grab' : '';
  }

  private measure(): void {
    if (!this.parts) return;
    const { clientWidth: width, clientHeight: height } = this.parts.surface;
    const wasHidden = this.screen.width === 0;
    this.screen = { width, height };
    if (width === 0 || height === 0) return;
    if (wasHidden) this.appeared();
    if (this.isFitted) this.fit();
    else this.pan(0, 0);
  }

  private show(view: Viewport): void {
    const isScaled = view.scale !== this.view.scale;
    this.view = view;
    if (!this.parts || !this.picture) return;
    const { image, upper } = this.parts;
    const transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    for (const layer of [image, upper]) layer.style.transform = transform;
    image.style.imageRendering = view.scale > 4 ? 'pixelated' : 'auto';
    // The picture too: a drawing without a size of its own would take that of the page.
    const { width, height } = this.picture;
    for (const layer of [image, upper]) Object.assign(layer.style, { width: `${width}px`, height: `${height}px` });
    this.canvas.refresh();
    if (isScaled) this.zoomed();
  }
}
