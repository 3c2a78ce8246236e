/** The picture on screen with the shapes on its canvases, and the way from pointers to shapes. */
import { Canvas } from './canvas.ts';
import type { Target } from './closer-look.ts';
import { contains, type Point } from './geometry.ts';
import { Gestures, type Gesture } from './gestures.ts';
import { PictureSurface, type Parts } from './picture-surface.ts';
import type { PressOptions } from './pointer.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { Shapes } from './shapes.ts';

/** How near to a shape is near enough to mean it, in screen pixels. */
const REACH = 7;

export class Surface<S extends Shape> extends PictureSurface {
  private guide: Point | undefined;
  private readonly canvas: Canvas<S>;
  private readonly gestures: Gestures<S>;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    changed: () => void,
    appeared: () => void,
  ) {
    super(changed, appeared);
    this.canvas = new Canvas(kind, shapes, () => this.picture && { view: this.view, picture: this.picture, screen: this.screen, guide: this.guide });
    this.gestures = new Gestures(kind.geometry, kind.drawing, shapes, () => this.view.scale);
    shapes.listen(() => this.repaint());
  }

  override attach(parts: Parts): void {
    this.canvas.attach(parts.resting, parts.front);
    super.attach(parts);
  }

  override get target(): Target | undefined {
    const { selected, hovered, visible } = this.shapes;
    const shape = selected ?? visible.find(({ id }) => id === hovered);
    return shape && { id: shape.id, rect: this.kind.geometry.bounds(shape), isSelected: shape === selected };
  }

  protected override get isAtWork(): boolean {
    return super.isAtWork || this.shapes.unfinished !== undefined;
  }

  /** Brings a shape on screen if it is not. */
  reveal(shape: S): void {
    this.revealRect(this.kind.geometry.bounds(shape));
  }

  /** The shape at a place of the window, as a mouse there would find it. */
  shapeAt(place: Point): number | undefined {
    const at = this.toPicture(this.fromWindow(place));
    return this.picture && this.gestures.hover(at, REACH / this.view.scale, this.picture).id;
  }

  press(point: Point, { reach, slop, force, moves }: PressOptions): Gesture | undefined {
    if (!this.picture) return undefined;
    const { scale } = this.view;
    return this.gestures.press({ point: this.toPicture(point), reach: reach / scale, slop: slop / scale, force, moves }, this.picture);
  }

  hover(point: Point | undefined, reach: number): void {
    if (!this.parts || !this.picture) return;
    const at = point && this.toPicture(point);
    if (!at) this.shapes.unfinished?.follow(undefined, this.picture);
    const hover = at && this.gestures.hover(at, reach / this.view.scale, this.picture);
    this.shapes.pointAt(this.shapes.preview ? undefined : hover?.id, point);
    const isInside = at !== undefined && contains({ left: 0, top: 0, ...this.picture }, at);
    this.guide = isInside && (hover?.cursor === 'crosshair' || this.shapes.preview !== undefined) ? at : undefined;
    this.parts.surface.style.cursor = this.pointer?.panning ? 'grab' : (hover?.cursor ?? '');
    this.repaint();
  }

  protected override repaint(): void {
    this.canvas.refresh();
  }
}
