/**
 * Turns mouse, pen and fingers into gestures: one pointer works on shapes, two fingers, the middle button or the held
 * space bar move the picture, the wheel zooms about the cursor.
 */
import { capture } from '../base/capture.ts';
import { isOnlyLooking } from '../base/only-looking.ts';
import { distance, type Point } from './geometry.ts';
import type { Gesture } from './gestures.ts';

/** How a pointer went down: how near is near enough, in screen pixels, with Shift, with the eraser of a pen. */
export type PressOptions = { readonly reach: number; readonly force: boolean; readonly erases: boolean };

/** What the surface does with pointers. Positions are in screen pixels from the surface's top left. */
export interface PointerTarget {
  press(point: Point, options: PressOptions): Gesture | undefined;
  hover(point: Point | undefined, reach: number): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, anchor: Point): void;
  toPicture(point: Point): Point;
}

/** The button of an event that the other end of a pen makes. */
const ERASER = 5;

/** How near is near enough, in screen pixels. */
const REACH = { mouse: 7, pen: 10, touch: 18 } as const;

/** Wheel events count in pixels, lines or pages; so many pixels is one of each. */
const WHEEL_UNIT = [1, 24, 240] as const;

/** The middle button would scroll the page. Prevented at its pointer event, templates would hear of no mouse button at all. */
const keepFromScrolling = (event: MouseEvent): void => {
  if (event.button === 1) event.preventDefault();
};

export class Pointer {
  /** The space bar is down: dragging moves the picture. */
  panning = false;
  private readonly down = new Map<number, Point>();
  private gesture: Gesture | undefined;
  private dragsPicture = false;

  constructor(
    private readonly surface: HTMLElement,
    private readonly target: PointerTarget,
  ) {
    surface.addEventListener('pointerdown', this.onDown);
    surface.addEventListener('pointermove', this.onMove);
    surface.addEventListener('pointerup', this.onUp);
    surface.addEventListener('pointercancel', this.onCancel);
    surface.addEventListener('pointerleave', () => target.hover(undefined, 0));
    surface.addEventListener('mousedown', keepFromScrolling);
    surface.addEventListener('wheel', this.onWheel, { passive: false });
  }

  get isBusy(): boolean {
    return this.gesture !== undefined;
  }

  /** Ends the gesture without effect. */
  cancel(): void {
    this.gesture?.cancel();
    this.gesture = undefined;
  }

  private place(event: MouseEvent): Point {
    const { left, top } = this.surface.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private reach(event: PointerEvent): number {
    return REACH[event.pointerType as keyof typeof REACH] ?? REACH.mouse;
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button > 1 && event.button !== ERASER) return;
    const point = this.place(event);
    capture(this.surface, event);
    this.down.set(event.pointerId, point);
    if (this.down.size > 1) {
      this.cancel();
      this.dragsPicture = true;
      return;
    }
    this.dragsPicture = event.button === 1 || this.panning || isOnlyLooking();
    if (this.dragsPicture) return;
    this.gesture = this.target.press(point, { reach: this.reach(event), force: event.shiftKey, erases: event.button === ERASER });
    this.dragsPicture = this.gesture === undefined;
  };

  private readonly onMove = (event: PointerEvent): void => {
    const point = this.place(event);
    const before = this.down.get(event.pointerId);
    if (before === undefined) return this.target.hover(point, this.reach(event));
    if (this.dragsPicture) this.drag(event.pointerId, before, point);
    else {
      this.target.hover(point, this.reach(event));
      // A frame holds several movements of a fast pointer; a stroke goes through all of them.
      for (const part of event.getCoalescedEvents?.() ?? []) this.gesture?.move(this.target.toPicture(this.place(part)));
      this.gesture?.move(this.target.toPicture(point));
    }
    this.down.set(event.pointerId, point);
  };

  /** One pointer moves the picture; two also stretch it about the still finger. */
  private drag(id: number, before: Point, now: Point): void {
    const other = [...this.down].find(([key]) => key !== id)?.[1];
    const share = other ? 0.5 : 1;
    this.target.pan((now.x - before.x) * share, (now.y - before.y) * share);
    if (!other) return;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    this.target.zoom(Math.max(distance(now, other), 1) / Math.max(distance(before, other), 1), middle);
  }

  private readonly onUp = (event: PointerEvent): void => {
    if (!this.down.delete(event.pointerId) || this.down.size > 0) return;
    const gesture = this.gesture;
    this.gesture = undefined;
    this.dragsPicture = false;
    gesture?.move(this.target.toPicture(this.place(event)));
    gesture?.end();
    this.target.hover(this.place(event), this.reach(event));
  };

  private readonly onCancel = (event: PointerEvent): void => {
    this.down.delete(event.pointerId);
    this.cancel();
  };

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = WHEEL_UNIT[event.deltaMode as 0 | 1 | 2];
    // A pinch on a touch pad arrives as a wheel with Ctrl and small steps.
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    this.target.zoom(Math.exp(-event.deltaY * unit * speed), this.place(event));
  };
}
