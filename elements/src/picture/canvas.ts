/**
 * Draws the shapes over the picture in two layers: those at rest, and in front of them the ones that somebody is at.
 *
 * A drag repaints the front only, so its cost does not grow with the number of shapes.
 */
import type { Point, Size } from './geometry.ts';
import { paintBand, paintGroup } from './group-painter.ts';
import { toScreen, type Viewport } from './viewport.ts';
import { paintActive } from './painter.ts';
import { RestingLayer } from './resting.ts';
import { clear, GUIDE } from './sheet.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { Shapes } from './shapes.ts';

export type Scene = { view: Viewport; picture: Size; screen: Size; guide: Point | undefined };

export class Canvas<S extends Shape> {
  private readonly resting: RestingLayer<S>;
  private front: CanvasRenderingContext2D | undefined;
  private frame = 0;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly scene: () => Scene | undefined,
  ) {
    this.resting = new RestingLayer(kind, (label) => shapes.labels.colorOf(label));
  }

  attach(resting: readonly [HTMLCanvasElement, HTMLCanvasElement], front: HTMLCanvasElement): void {
    this.resting.attach(resting);
    this.front = front.getContext('2d') ?? undefined;
  }

  /** Something changed: the shapes, what is hovered or selected, the guides, or the view. */
  refresh(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    const scene = this.scene();
    if (!this.front || !scene) return;
    const { view, screen } = scene;
    const { preview, selected, visible, group, labels } = this.shapes;
    const shapes = group ? visible.filter(({ id }) => !this.shapes.isSelected(id)) : visible;
    const active = new Set([preview?.id, this.shapes.isSeveral ? undefined : selected?.id].filter((id) => id !== undefined));
    const isOnTheWay = this.resting.paint({ shapes, active, moving: preview?.id, look: labels.version, view, screen });
    this.paintFront(this.front, scene);
    if (isOnTheWay) this.refresh();
  }

  private paintFront(context: CanvasRenderingContext2D, scene: Scene): void {
    const { preview, selected, hovered, visible, unfinished, isSeveral } = this.shapes;
    clear(context, scene.screen);
    if (isSeveral) this.paintGroup(context, scene);
    if (scene.guide && !preview) this.paintGuides(context, scene, scene.guide);
    const under = visible.find(({ id }) => id === hovered);
    for (const shape of new Set([under, isSeveral ? undefined : selected])) if (shape && shape.id !== preview?.id) this.paintShape(context, shape, scene);
    if (this.shapes.band) paintBand(context, this.shapes.band, scene.view);
    if (!preview) return;
    if (scene.guide && !unfinished) this.paintGuides(context, scene, scene.guide);
    this.paintShape(context, preview, scene);
  }

  /** While it moves, locked ones stay behind. */
  private paintGroup(context: CanvasRenderingContext2D, { view }: Scene): void {
    const { group, selectedItems, labels } = this.shapes;
    const moved = new Set(group?.map(({ id }) => id));
    const all = group ? [...selectedItems.filter(({ id }) => !moved.has(id)), ...group] : selectedItems;
    paintGroup(context, this.kind, all, view, (label) => labels.colorOf(label));
  }

  private paintShape(context: CanvasRenderingContext2D, shape: S, { view, screen }: Scene): void {
    const { shapes } = this;
    const inMotion = shapes.preview?.id === shape.id;
    const look = {
      color: shapes.labels.colorOf(shape.label),
      selected: inMotion || shapes.selected?.id === shape.id,
      isLocked: shapes.marks.isLocked(shape.id),
      inMotion,
      isUnfinished: inMotion && shapes.unfinished !== undefined,
      chosenHandle: shapes.chosenHandle,
    };
    paintActive(context, this.kind, shape, view, screen, look, (label) => shapes.labels.colorOf(label));
  }

  /** Thin lines across the picture, for placing the sides of a new shape. */
  private paintGuides(context: CanvasRenderingContext2D, { view, picture }: Scene, guide: Point): void {
    const { x, y } = toScreen(view, guide);
    const start = toScreen(view, { x: 0, y: 0 });
    const end = toScreen(view, { x: picture.width, y: picture.height });
    for (const [width, style] of GUIDE) {
      context.lineWidth = width;
      context.strokeStyle = style;
      context.beginPath();
      context.moveTo(x, start.y);
      context.lineTo(x, end.y);
      context.moveTo(start.x, y);
      context.lineTo(end.x, y);
      context.stroke();
    }
  }
}
