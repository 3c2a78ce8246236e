/**
 * Turns mouse, pen and fingers into gestures: one pointer works on shapes, two fingers, the middle button or the held
 * space bar move the picture.
 */
import { capture } from '../../base/capture.ts';
import { distance, type Point } from '../../base/geometry.ts';
import { isOnlyLooking } from '../../base/only-looking.ts';
import type { Gesture } from './gestures.ts';

/** How a pointer went down. */
export type PressOptions = {
  /** How near is near enough, and how far a click may shake, in screen pixels. */
  readonly reach: number;
  readonly slop: number;
  /** With Shift. */
  readonly force: boolean;
  /** With Ctrl or Alt. */
  readonly moves: boolean;
  /** With the eraser of a pen. */
  readonly erases: boolean;
};

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

type Kind = 'mouse' | 'pen' | 'touch';
/** How near is near enough, and how far a click may shake, in screen pixels. */
const REACH: Record<Kind, number> = { mouse: 7, pen: 10, touch: 18 };
const SLOP: Record<Kind, number> = { mouse: 4, pen: 5, touch: 10 };

/** So many milliseconds after a pen was there, what touches the screen is a hand that holds it: it may move the picture only. */
const PEN_AT_WORK = 1000;

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
  private readonly pens = new Set<number>();
  private penSeen = -Infinity;

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
    return REACH[event.pointerType as Kind] ?? REACH.mouse;
  }

  private notePen({ pointerType, timeStamp }: PointerEvent): void {
    if (pointerType === 'pen') this.penSeen = timeStamp;
  }

  /** The pen comes down: what touches the screen already is the hand below it, and has done nothing. */
  private startPen({ pointerId }: PointerEvent): void {
    this.cancel();
    this.down.clear();
    this.pens.add(pointerId);
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button > 1 && event.button !== ERASER) return;
    const isTouch = event.pointerType === 'touch';
    if (isTouch && this.pens.size > 0) return;
    this.notePen(event);
    if (event.pointerType === 'pen') this.startPen(event);
    const isHand = isTouch && event.timeStamp - this.penSeen < PEN_AT_WORK;
    const point = this.place(event);
    capture(this.surface, event);
    this.down.set(event.pointerId, point);
    if (this.down.size > 1) {
      this.cancel();
      this.dragsPicture = true;
      return;
    }
    this.dragsPicture = event.button === 1 || this.panning || isHand || isOnlyLooking();
    if (this.dragsPicture) return;
    const { shiftKey: force, ctrlKey, metaKey, altKey, button } = event;
    const slop = SLOP[event.pointerType as Kind] ?? SLOP.mouse;
    this.gesture = this.target.press(point, { reach: this.reach(event), slop, force, moves: ctrlKey || metaKey || altKey, erases: button === ERASER });
    this.dragsPicture = this.gesture === undefined;
  };

  private readonly onMove = (event: PointerEvent): void => {
    this.notePen(event);
    const point = this.place(event);
    const before = this.down.get(event.pointerId);
    // The button came up where nobody told us: below a dialog of the browser, or in another window.
    if (before && event.pointerType === 'mouse' && event.buttons === 0) return this.finish(event, before);
    if (before === undefined) {
      // A finger that does not count does not point at anything either.
      if (event.pointerType !== 'touch') this.target.hover(point, this.reach(event));
      return;
    }
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
    this.notePen(event);
    this.finish(event, this.place(event));
  };

  /** The pointer is up, and was so here last. */
  private finish(event: PointerEvent, point: Point): void {
    this.pens.delete(event.pointerId);
    if (!this.down.delete(event.pointerId) || this.down.size > 0) return;
    const gesture = this.gesture;
    this.gesture = undefined;
    this.dragsPicture = false;
    gesture?.move(this.target.toPicture(point));
    gesture?.end();
    this.target.hover(this.place(event), this.reach(event));
  }

  private readonly onCancel = (event: PointerEvent): void => {
    this.pens.delete(event.pointerId);
    if (this.down.delete(event.pointerId)) this.cancel();
  };
}
