/**
 * A picture on screen, whatever is drawn over it: what is shown of it, and the way from pointers to it.
 *
 * The picture itself is an `<img>` moved by a CSS transform, so the browser scales even very large ones cheaply; what lies
 * over it is drawn on canvases that always have the size of the screen.
 */
import { afterDensityChange } from '../../base/after-density-change.ts';
import { afterResize } from '../../base/after-resize.ts';
import { clamp, type Point, type Rect, type Size } from '../../base/geometry.ts';
import { preferences } from '../../frame/link.ts';
import type { Gesture } from '../pointing/gestures.ts';
import { Pointer, type PointerTarget, type PressOptions } from '../pointing/pointer.ts';
import { Adjustments } from './adjustments.ts';
import { CloserLook, type Target } from './closer-look.ts';
import { inspect } from './inspection.ts';
import { MinimapLayer } from './minimap-layer.ts';
import { fit, focus, lookAt, natural, pan, rectToScreen, resized, reveal, toPicture, zoom, type Viewport } from './viewport.ts';
import { WheelReader } from './wheel.ts';
import { ZoomHabit } from './zoom-habit.ts';

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
  minimap: HTMLElement;
  panel: HTMLElement;
};

/** How the view came about: as the picture opened, by fitting it, or otherwise. */
type Stance = 'start' | 'fit' | 'free';

export abstract class PictureSurface implements PointerTarget {
  /** The natural size of the picture; undefined until it has loaded. */
  picture: Size | undefined;
  view: Viewport = { scale: 1, x: 0, y: 0 };
  pointer: Pointer | undefined;
  readonly light = new Adjustments(preferences, () => this.lighten());
  readonly habit = new ZoomHabit(preferences, () => this.onHabit());
  protected screen: Size = { width: 0, height: 0 };
  protected parts: Parts | undefined;
  private stance: Stance = 'start';
  private isOnScreen = false;
  private minimap: MinimapLayer | undefined;
  private readonly wheel = new WheelReader();
  private readonly look = new CloserLook<{ view: Viewport; stance: Stance }>();

  /** `changed` is called when buttons have something else to show, `appeared` when the surface has come on screen. */
  constructor(
    private readonly changed: () => void,
    private readonly appeared: () => void,
  ) {}

  abstract press(point: Point, options: PressOptions): Gesture | undefined;
  abstract hover(point: Point | undefined, reach: number): void;
  /** Draws all that lies over the picture, in the next frame. */
  protected abstract repaint(): void;

  /** What the worker is at on the picture, where there is such a thing: it can be looked at closely. */
  get target(): Target | undefined {
    return undefined;
  }

  /** Is something being drawn or changed, where the pointer is? */
  protected get isAtWork(): boolean {
    return this.pointer?.isBusy === true;
  }

  attach(parts: Parts): void {
    const { surface, minimap } = parts;
    this.parts = parts;
    this.pointer = new Pointer(surface, this);
    this.minimap = new MinimapLayer(minimap, (point) => this.lookAt(point));
    surface.addEventListener('wheel', this.onWheel, { passive: false });
    surface.addEventListener('pointermove', this.clearWay);
    minimap.addEventListener('wheel', this.onWheel, { passive: false });
    afterResize(surface, () => this.measure());
    afterDensityChange(() => this.picture && this.repaint());
    this.light.follow();
    this.habit.follow();
    this.measure();
  }

  /** The picture has loaded, or (undefined) there is none any more. */
  setPicture(size: Size | undefined): void {
    this.picture = size;
    this.stance = 'start';
    this.look.forget();
    if (!size && this.parts) Object.assign(this.parts.image.style, { width: '', height: '' });
    if (!size) this.minimap?.show(undefined);
    this.measure();
  }

  /** The middle part of the picture that is on screen. */
  get seen(): Rect {
    const start = toPicture(this.view, { x: 0, y: 0 });
    return { left: start.x, top: start.y, width: this.screen.width / this.view.scale, height: this.screen.height / this.view.scale };
  }

  /** All of the picture, also of the next one. */
  fit(): void {
    this.habit.change({ start: 'fit' });
    this.showWhole();
  }

  /** All of this picture, for now: it says nothing of how the worker likes to begin. */
  showWhole(): void {
    if (!this.picture) return;
    this.look.forget();
    this.stance = 'fit';
    this.show(fit(this.picture, this.screen));
  }

  /** As the picture was when it opened. */
  startOver(): void {
    if (!this.picture) return;
    this.look.forget();
    this.stance = 'start';
    this.begin(this.picture);
  }

  /** Shows picture pixels at their natural size, about the middle of the screen; also of the next picture. */
  naturalSize(): void {
    this.habit.change({ start: 'natural' });
    this.look.forget();
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
    this.stance = 'free';
    this.show(zoom(this.view, factor, anchor, this.picture, this.screen));
  }

  pan(dx: number, dy: number): void {
    if (!this.picture) return;
    this.stance = 'free';
    this.show(pan(this.view, dx, dy, this.picture, this.screen));
  }

  /** Shows what lies so many steps to the right and below. */
  step(dx: number, dy: number): void {
    this.pan(-dx * PAN_STEP, -dy * PAN_STEP);
  }

  /** Brings a point of the picture to the middle of the screen. */
  lookAt(point: Point): void {
    if (!this.picture) return;
    this.stance = 'free';
    this.show(lookAt(this.view, point, this.picture, this.screen));
  }

  /** Brings a part of the picture on screen if it is not. */
  revealRect(rect: Rect): void {
    if (!this.picture) return;
    const view = reveal(this.view, rect, this.picture, this.screen);
    if (view !== this.view) this.show(view);
    this.minimap?.keepClear(rectToScreen(this.view, rect));
  }

  /** Shows a part of the picture so large that it takes this share (0..1) of the screen. */
  focusRect(rect: Rect, share: number): void {
    if (!this.picture) return;
    this.stance = 'free';
    this.show(focus(rect, share, this.picture, this.screen));
  }

  /** Shows what the worker is at as large as it can be worked on; again, or with nothing there, back to what was seen before. */
  lookCloser(): void {
    const { picture, screen, target, look, view, stance } = this;
    if (!picture) return;
    const back = look.back(target, view);
    if (back) {
      this.stance = back.stance;
      if (back.stance === 'free') this.show(pan(back.view, 0, 0, picture, screen));
      else this.begin(picture);
    } else if (target) {
      this.stance = 'free';
      this.show(look.at(target, { view, stance }, picture, screen));
    }
    this.changed();
  }

  /** Was it looked at closely, so that there is a way back? */
  get isCloser(): boolean {
    return this.look.isCloser;
  }

  /** While it is true, all that lies over the picture is out of sight; nothing of it changes. */
  peek(isPeeking: boolean): void {
    this.parts?.surface.classList.toggle('bare', isPeeking);
  }

  /** Is the panel for how the picture is shown on screen? */
  get isPanelOpen(): boolean {
    return this.parts?.panel.hidden === false;
  }

  /** Opens the panel and goes into it; closes it, and leaves the focus on the picture. */
  readonly togglePanel = (): void => {
    if (!this.parts) return;
    const { panel, surface } = this.parts;
    const hadFocus = panel.matches(':focus-within');
    panel.hidden = !panel.hidden;
    if (!panel.hidden) panel.querySelector('input')?.focus();
    else if (hadFocus) surface.focus({ preventScroll: true });
    this.changed();
  };

  /** Shows a part of the picture so that it can be judged, and stays where it is if it can be already. */
  inspect(rect: Rect): void {
    if (!this.picture) return;
    const view = inspect(this.view, rect, this.picture, this.screen);
    if (view === this.view) return;
    this.stance = 'free';
    this.show(view);
  }

  toPicture(point: Point): Point {
    return toPicture(this.view, point);
  }

  /** A place of the window as one of the surface, and back. */
  fromWindow({ x, y }: Point): Point {
    const { left, top } = this.inWindow;
    return { x: x - left, y: y - top };
  }

  /** Where in the window a part of the picture ends, as far as it is on screen: below it, something can be said of it. */
  windowPlaceOf({ left, top, height }: Rect): Point {
    const { scale, x, y } = this.view;
    const outer = this.inWindow;
    return { x: outer.left + clamp(left * scale + x, 0, this.screen.width), y: outer.top + clamp((top + height) * scale + y, 0, this.screen.height) };
  }

  private get inWindow(): Rect {
    return this.parts?.surface.getBoundingClientRect() ?? { left: 0, top: 0, width: 0, height: 0 };
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
    const before = this.screen;
    const wasOnScreen = this.isOnScreen;
    this.isOnScreen = width > 0 && height > 0;
    if (!this.isOnScreen) return;
    this.screen = { width, height };
    if (!wasOnScreen) this.appeared();
    if (!this.picture) return;
    if (this.stance === 'free') this.show(resized(this.view, before, this.picture, this.screen));
    else this.begin(this.picture);
  }

  /** Shows the picture as it was opened or fitted. */
  private begin(picture: Size): void {
    const isNatural = this.stance === 'start' && this.habit.value.start === 'natural';
    this.show(isNatural ? natural(picture, this.screen) : fit(picture, this.screen));
  }

  private onHabit(): void {
    if (this.picture && this.isOnScreen && this.stance === 'start') this.begin(this.picture);
    this.showMap();
    this.changed();
  }

  private lighten(): void {
    const { image, minimap } = this.parts ?? {};
    const copies = minimap?.querySelectorAll('img') ?? [];
    for (const shown of [image, ...copies]) if (shown) shown.style.filter = this.light.filter;
    this.changed();
  }

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const meaning = this.wheel.read(event, this.habit.value.wheel);
    if ('dx' in meaning) return this.pan(meaning.dx, meaning.dy);
    const isOnMap = event.currentTarget === this.parts?.minimap;
    this.zoom(meaning.factor, isOnMap ? undefined : this.place(event));
  };

  /** The map is not in the way of what is drawn. */
  private readonly clearWay = (event: PointerEvent): void => {
    if (this.isAtWork) this.minimap?.keepClear(around(this.place(event)));
  };

  private place({ clientX, clientY }: MouseEvent): Point {
    return this.fromWindow({ x: clientX, y: clientY });
  }

  private showMap(): void {
    const { view, picture, screen } = this;
    this.minimap?.show(picture && this.habit.value.minimap ? { view, picture, screen } : undefined);
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
    this.showMap();
    if (isScaled) this.changed();
  }
}

const around = ({ x, y }: Point): Rect => ({ left: x, top: y, width: 0, height: 0 });
