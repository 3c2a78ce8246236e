/** The picture on screen with the shapes on its canvases, and the way from pointers to shapes. */
import { contains, type Point, type Size } from '../base/geometry.ts';
import { Canvas } from './painting/canvas.ts';
import type { Target } from './view/closer-look.ts';
import { Gestures, type Gesture, type Press } from './pointing/gestures.ts';
import { PictureSurface, type Parts } from './view/picture-surface.ts';
import type { PressOptions } from './pointing/pointer.ts';
import { Several } from './several/several.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { Shapes } from './shapes.ts';
import { Snapping, snapped, type Placing } from './snapping/snapping.ts';

/** How near to a shape is near enough to mean it, in screen pixels. */
const REACH = 7;

export class Surface<S extends Shape> extends PictureSurface {
  readonly several: Several<S>;
  /** Where shapes of this kind can snap to the picture. */
  readonly snapping: Snapping | undefined;
  /** Where the pointer is on the picture. */
  pointed: Point | undefined;
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
    this.snapping = kind.snaps && new Snapping(() => this.parts?.image, changed);
    this.several = new Several(kind, shapes, this.gestures);
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
    const press = { point: this.toPicture(point), reach: reach / scale, slop: slop / scale, force, moves };
    return this.several.press(press, this.picture) ?? this.start(press, this.picture);
  }

  private start(press: Press, picture: Size): Gesture | undefined {
    const placing = this.snapping?.isOn ? this.placing(press) : undefined;
    const begin = (at: Press): Gesture | undefined => this.gestures.press(at, picture);
    return placing ? snapped(press, placing, (point) => this.placed(point, picture), begin) : begin(press);
  }

  /** What a press here would place. */
  private placing({ point, reach, force, moves }: Press): Placing | undefined {
    if (this.shapes.unfinished) return 'vertex';
    if (moves) return undefined;
    if (!force && this.gestures.handleAt({ point, reach })) return 'handle';
    return force || this.gestures.hover(point, reach, this.picture as Size).cursor === 'crosshair' ? 'shape' : undefined;
  }

  private placed(point: Point, picture: Size): Point {
    return this.snapping?.place(point, this.view.scale, picture) ?? point;
  }

  hover(point: Point | undefined, reach: number): void {
    if (!this.parts || !this.picture) return;
    const at = point && this.toPicture(point);
    if (!at) this.shapes.unfinished?.follow(undefined, this.picture);
    const placed = at && this.placed(at, this.picture);
    const near = reach / this.view.scale;
    const hover = at && (this.several.hover({ point: at, reach: near }) ?? this.gestures.hover(this.shapes.unfinished && placed ? placed : at, near, this.picture));
    this.shapes.pointAt(this.shapes.preview ? undefined : hover?.id, point);
    const isInside = at !== undefined && contains({ left: 0, top: 0, ...this.picture }, at);
    this.pointed = isInside ? at : undefined;
    this.guide = isInside && (hover?.cursor === 'crosshair' || this.shapes.preview !== undefined) ? placed : undefined;
    this.parts.surface.style.cursor = this.pointer?.panning ? 'grab' : (hover?.cursor ?? '');
    this.repaint();
  }

  protected override repaint(): void {
    this.canvas.refresh();
  }
}
