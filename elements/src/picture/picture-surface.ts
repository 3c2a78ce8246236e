/**
 * A picture on screen, whatever is drawn over it: what is shown of it, and the way from pointers to it.
 *
 * The picture itself is an `<img>` moved by a CSS transform, so the browser scales even very large ones cheaply; what lies
 * over it is drawn on canvases that always have the size of the screen.
 */
import { afterResize } from '../base/after-resize.ts';
import type { Point, Rect, Size } from './geometry.ts';
import type { Gesture } from './gestures.ts';
import { inspect } from './inspection.ts';
import { Pointer, type PointerTarget, type PressOptions } from './pointer.ts';
import { fit, focus, pan, reveal, toPicture, zoom, type Viewport } from './viewport.ts';

const ZOOM_STEP = 1.25;
/** How far an arrow key moves the picture, in screen pixels. */
const PAN_STEP = 40;

export type Parts = {
  surface: HTMLElement;
  image: HTMLImageElement;
  /** What lies over the picture: one of them is seen, on the other one what comes next can be made. */
  resting: readonly [HTMLCanvasElement, HTMLCanvasElement];
  front: HTMLCanvasElement;
  upper: HTMLElement;
};

export abstract class PictureSurface implements PointerTarget {
  /** The natural size of the picture; undefined until it has loaded. */
  picture: Size | undefined;
  view: Viewport = { scale: 1, x: 0, y: 0 };
  pointer: Pointer | undefined;
  protected screen: Size = { width: 0, height: 0 };
  protected parts: Parts | undefined;
  private isFitted = true;

  /** `zoomed` is called when the picture is shown larger or smaller, `appeared` when the surface has come on screen. */
  constructor(
    private readonly zoomed: () => void,
    private readonly appeared: () => void,
  ) {}

  abstract press(point: Point, options: PressOptions): Gesture | undefined;
  abstract hover(point: Point | undefined, reach: number): void;
  /** Draws all that lies over the picture, in the next frame. */
  protected abstract repaint(): void;

  attach(parts: Parts): void {
    this.parts = parts;
    this.pointer = new Pointer(parts.surface, this);
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

  zoomIn(): void {
    this.zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.zoom(1 / ZOOM_STEP);
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

  /** Shows what lies so many steps to the right and below. */
  step(dx: number, dy: number): void {
    this.pan(-dx * PAN_STEP, -dy * PAN_STEP);
  }

  /** Brings a part of the picture on screen if it is not. */
  revealRect(rect: Rect): void {
    if (!this.picture) return;
    const view = reveal(this.view, rect, this.picture, this.screen);
    if (view !== this.view) this.show(view);
  }

  /** Shows a part of the picture so large that it takes this share (0..1) of the screen. */
  focusRect(rect: Rect, share: number): void {
    if (!this.picture) return;
    this.isFitted = false;
    this.show(focus(rect, share, this.picture, this.screen));
  }

  /** Shows a part of the picture so that it can be judged, and stays where it is if it can be already. */
  inspect(rect: Rect): void {
    if (!this.picture) return;
    const view = inspect(this.view, rect, this.picture, this.screen);
    if (view === this.view) return;
    this.isFitted = false;
    this.show(view);
  }

  toPicture(point: Point): Point {
    return toPicture(this.view, point);
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
    this.repaint();
    if (isScaled) this.zoomed();
  }
}
