/**
 * Draws the shapes over the picture in two layers: those at rest, and in front of them the ones that somebody is at.
 *
 * A drag repaints the front only, so its cost does not grow with the number of shapes.
 */
import type { Point, Rect, Size } from '../../base/geometry.ts';
import { paintBand, paintGroup } from './group-painter.ts';
import { toScreen, type Viewport } from '../view/viewport.ts';
import { paintActive, paintLabel } from './active.ts';
import type { Legend } from './painter.ts';
import { RestingLayer } from './resting.ts';
import { clear, GUIDE } from './sheet.ts';
import type { Look, ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';
import { square } from './strokes.ts';
import { TagTexts } from '../tags/tag-texts.ts';

export type Scene = { view: Viewport; picture: Size; screen: Size; guide: Point | undefined };

export class Canvas<S extends Shape> {
  private readonly resting: RestingLayer<S>;
  private readonly legend: Legend;
  private front: CanvasRenderingContext2D | undefined;
  private frame = 0;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly scene: () => Scene | undefined,
  ) {
    const { labels } = shapes;
    this.legend = { texts: new TagTexts(() => labels.list), colorOf: (label) => labels.colorOf(label) };
    this.resting = new RestingLayer(kind, this.legend);
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
    const { preview, selected, hovered, visible, group, isSeveral, labels } = this.shapes;
    const shapes = group ? visible.filter(({ id }) => !this.shapes.isSelected(id)) : visible;
    const active = new Set([preview?.id, isSeveral ? undefined : selected?.id].filter((id) => id !== undefined));
    const isOnTheWay = this.resting.paint({ shapes, active, moving: preview?.id, look: labels.version, view, screen });
    this.resting.dim(isSeveral || (active.size > 0 && !this.isNew));
    this.resting.takeOutTags(new Set([...active, ...(hovered === undefined ? [] : [hovered])]), preview ?? selected);
    this.paintFront(this.front, scene);
    if (isOnTheWay) this.refresh();
  }

  /** Is somebody drawing? Then they look at the whole picture for what is missing, not at one shape. */
  private get isNew(): boolean {
    const { preview, visible, isFresh } = this.shapes;
    return preview ? !visible.some(({ id }) => id === preview.id) : isFresh;
  }

  private paintFront(context: CanvasRenderingContext2D, scene: Scene): void {
    const { preview, selected, hovered, visible, unfinished, isSeveral } = this.shapes;
    clear(context, scene.screen);
    if (isSeveral) this.paintGroup(context, scene);
    if (scene.guide && !preview) this.paintGuides(context, scene, scene.guide);
    const under = visible.find(({ id }) => id === hovered);
    const active = [...new Set([under, isSeveral ? undefined : selected])].filter((shape) => shape !== undefined && shape.id !== preview?.id) as S[];
    for (const shape of active) paintActive(context, this.kind, shape, scene, this.lookOf(shape), this.legend);
    if (this.shapes.band) paintBand(context, this.shapes.band, scene.view);
    if (preview) {
      if (scene.guide && !unfinished?.isPath) this.paintGuides(context, scene, scene.guide);
      paintActive(context, this.kind, preview, scene, this.lookOf(preview), this.legend);
      active.push(preview);
      if (unfinished?.isPath === false) this.paintPresses(context, unfinished.vertices, preview, scene);
    }
    this.paintLabels(context, active.reverse(), scene);
  }

  /** While it moves, locked ones stay behind. */
  private paintGroup(context: CanvasRenderingContext2D, { view }: Scene): void {
    const { group, selectedItems, labels } = this.shapes;
    const moved = new Set(group?.map(({ id }) => id));
    const all = group ? [...selectedItems.filter(({ id }) => !moved.has(id)), ...group] : selectedItems;
    paintGroup(context, this.kind, all, view, (label) => labels.colorOf(label), group !== undefined);
  }

  /** The places that were clicked of a shape that takes several clicks. */
  private paintPresses(context: CanvasRenderingContext2D, places: readonly Point[], shape: S, { view }: Scene): void {
    for (const place of places) square(context, toScreen(view, place), false, this.shapes.labels.colorOf(shape.label));
  }

  /** The first of the shapes is the one at work: the labels of others make way for its own. */
  private paintLabels(context: CanvasRenderingContext2D, active: readonly S[], scene: Scene): void {
    const taken: Rect[] = [];
    for (const shape of active) taken.push(...paintLabel(context, this.kind, shape, scene, this.lookOf(shape), taken));
  }

  private lookOf(shape: S): Look {
    const { shapes } = this;
    const inMotion = shapes.preview?.id === shape.id;
    return {
      color: shapes.labels.colorOf(shape.label),
      selected: inMotion || shapes.selected?.id === shape.id,
      isLocked: shapes.marks.isLocked(shape.id),
      inMotion,
      isUnfinished: inMotion && shapes.unfinished?.isPath === true,
      chosenHandle: shapes.chosenHandle,
    };
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
