/** The picture on screen with the mask over it, and the way from pointers and from the keyboard's cursor to the mask. */
import { clamp, contains, type Point } from '../base/geometry.ts';
import type { Gesture } from '../picture/pointing/gestures.ts';
import type { PressOptions } from '../picture/pointing/pointer.ts';
import type { Target } from '../picture/view/closer-look.ts';
import { PictureSurface, type Parts } from '../picture/view/picture-surface.ts';
import { drawFront } from './cursor-layer.ts';
import { MaskLayer } from './mask-layer.ts';
import type { Painter } from './painter.ts';
import type { Segmentation } from './segmentation.ts';

/** A press that moves less than this, in screen pixels, is a click. */
const SLOP = 4;
/** How near to the first corner of a polygon the keyboard closes it, in screen pixels. */
const REACH = 7;
/** How far an arrow key moves the cursor, in screen pixels; at least a pixel of the picture. */
const STEP = 4;
/** A turn of the wheel by so much makes the brush a step larger or smaller; a mouse turns by more at a time. */
const NOTCH = 50;
/** Of the line that cuts: seen beside every colour of a mask. */
const CUT = 'white';

export class RasterSurface extends PictureSurface {
  readonly layer: MaskLayer;
  /** The keyboard moved the cursor last. */
  hasKeyboard = false;
  private cursor: Point | undefined;
  /** What the held space bar does. */
  private held: Gesture | undefined;
  private front: CanvasRenderingContext2D | undefined;
  private frame = 0;
  private isStale = true;
  /** What the wheel has turned with Alt, since the brush took a step. */
  private turned = 0;

  constructor(
    private readonly painter: Painter,
    private readonly work: Segmentation,
    changed: () => void,
    appeared: () => void,
  ) {
    super(changed, appeared);
    this.layer = new MaskLayer(work);
    work.listen((change) => (change === 'live' ? this.refresh() : this.repaint()));
  }

  override attach(parts: Parts): void {
    this.layer.attach(parts.resting[0]);
    this.front = parts.front.getContext('2d') ?? undefined;
    // Before the pointer, which zooms.
    parts.surface.addEventListener('wheel', this.onAltWheel, { passive: false, capture: true });
    super.attach(parts);
  }

  override get target(): Target | undefined {
    const { selection, regions } = this.work;
    const [id] = selection.meant;
    const rect = regions.boundsOf(selection.meant);
    return id !== undefined && rect ? { id, rect, isSelected: selection.all.length > 0 } : undefined;
  }

  protected override get isAtWork(): boolean {
    return super.isAtWork || this.work.outline.length > 0;
  }

  setOpacity(opacity: number): void {
    this.layer.opacity = clamp(opacity, 0, 1);
    this.work.notify();
  }

  /** With Alt the wheel makes the brush larger or smaller. */
  private readonly onAltWheel = (event: WheelEvent): void => {
    if (!event.altKey || event.ctrlKey || !this.painter.paints) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Some browsers turn the wheel sideways with Alt.
    const delta = event.deltaY || event.deltaX;
    this.turned = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? clamp(this.turned + delta, -NOTCH, NOTCH) : Math.sign(delta) * NOTCH;
    if (Math.abs(this.turned) < NOTCH) return;
    this.painter.resize(this.turned < 0 ? 1 : -1);
    this.turned = 0;
  };

  press(point: Point, { reach, force, erases }: PressOptions): Gesture | undefined {
    const { scale } = this.view;
    const press = { point: this.toPicture(point), reach: reach / scale, slop: SLOP / scale, force };
    return this.picture && (erases ? this.painter.erase(press) : this.painter.press(press));
  }

  hover(point: Point | undefined): void {
    if (!this.parts || !this.picture) return;
    // What scrolls or zooms under a still mouse is no reason to take the cursor from the keyboard.
    if (!point && this.hasKeyboard) return;
    this.hasKeyboard = false;
    const at = point && this.toPicture(point);
    this.painter.hover(at);
    this.cursor = at && contains({ left: 0, top: 0, ...this.picture }, at, this.painter.diameter / 2) ? at : undefined;
    const rests = this.painter.tool === 'select' ? 'pointer' : 'crosshair';
    this.parts.surface.style.cursor = this.pointer?.panning ? 'grab' : rests;
    this.refresh();
  }

  // The keyboard's cursor

  /** Moves the cursor by steps of the screen, and with it what the held space bar draws. */
  moveCursor(dx: number, dy: number): void {
    const { picture } = this;
    if (!picture) return;
    const step = Math.max(1, Math.round(STEP / this.view.scale));
    const from = this.cursor ?? this.middle;
    this.hasKeyboard = true;
    this.cursor = { x: clamp(from.x + dx * step, 0.5, picture.width - 0.5), y: clamp(from.y + dy * step, 0.5, picture.height - 0.5) };
    this.revealRect({ left: this.cursor.x, top: this.cursor.y, width: 0, height: 0 });
    this.held?.move(this.cursor);
    this.painter.hover(this.cursor);
    this.refresh();
  }

  /** Does what a press of a pointer at the cursor would do, until {@link release}; `force` as with Shift. */
  hold(force: boolean): void {
    if (!this.picture || this.held) return;
    this.hasKeyboard = true;
    this.cursor ??= this.middle;
    const { scale } = this.view;
    this.held = this.painter.press({ point: this.cursor, reach: REACH / scale, slop: SLOP / scale, force });
    this.refresh();
  }

  release(): void {
    this.held?.end();
    this.held = undefined;
  }

  /** Lets go of a stroke, by pointer or keyboard, without effect; false where there is none. */
  letGo(): boolean {
    const isBusy = this.held !== undefined || this.pointer?.isBusy === true;
    this.held?.cancel();
    this.held = undefined;
    this.pointer?.cancel();
    return isBusy;
  }

  /** The middle pixel of what is on screen. */
  private get middle(): Point {
    const { left, top, width, height } = this.seen;
    return { x: Math.floor(left + width / 2) + 0.5, y: Math.floor(top + height / 2) + 0.5 };
  }

  protected override repaint(): void {
    this.isStale = true;
    this.refresh();
  }

  /** Draws in the next frame what a stroke or the cursor has changed. */
  private refresh(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    const { view, screen, front, painter, work } = this;
    if (!front) return;
    if (this.isStale) this.layer.draw(view, screen);
    else this.layer.drawPainted(view, screen);
    this.isStale = false;
    drawFront(front, {
      view,
      screen,
      cursor: this.picture && this.cursor,
      diameter: painter.paints ? painter.diameter : undefined,
      hasKeyboard: this.hasKeyboard,
      outline: work.outline,
      drawnAs: painter.tool === 'split' ? 'line' : painter.tool === 'lasso' ? 'lasso' : 'polygon',
      color: painter.tool === 'split' ? CUT : work.labels.colorOf(work.labels.active),
    });
  }
}
