/**
 * Draws the shapes over the picture on two canvases: those at rest, and in front of them the one at work.
 *
 * A drag repaints the front only, so its cost does not grow with the number of shapes.
 */
import type { Point, Size } from './geometry.ts';
import { toScreen, type Viewport } from './viewport.ts';
import { paintActive, paintResting } from './painter.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';
import type { Shapes } from './shapes.ts';

/** A light line with a dark rim is seen on any picture. */
const GUIDE = [
  [2.5, 'rgb(0 0 0 / 25%)'],
  [1, 'rgb(255 255 255 / 80%)'],
] as const;

export type Scene = { view: Viewport; picture: Size; screen: Size; guide: Point | undefined };

export class Canvas<S extends Shape> {
  private rest: CanvasRenderingContext2D | undefined;
  private front: CanvasRenderingContext2D | undefined;
  private frame = 0;
  private restIsStale = true;
  private active = new Set<number>();

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly scene: () => Scene | undefined,
  ) {}

  attach(rest: HTMLCanvasElement, front: HTMLCanvasElement): void {
    this.rest = rest.getContext('2d') ?? undefined;
    this.front = front.getContext('2d') ?? undefined;
  }

  /** The shapes at rest changed, or the view did. */
  refresh(): void {
    this.restIsStale = true;
    this.refreshFront();
  }

  /** Only the shape at work, the hovered one or the guides changed. */
  refreshFront(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    const scene = this.scene();
    if (!this.rest || !this.front || !scene) return;
    const active = this.activeIds();
    const isSameSet = active.size === this.active.size && [...active].every((id) => this.active.has(id));
    if (this.restIsStale || !isSameSet) {
      this.clear(this.rest, scene.screen);
      const resting = this.shapes.visible.filter(({ id }) => !active.has(id));
      paintResting(this.rest, this.kind, resting, scene.view, scene.screen, (label) => this.shapes.labels.colorOf(label));
    }
    this.restIsStale = false;
    this.active = active;
    this.paintFront(this.front, scene);
  }

  private paintFront(context: CanvasRenderingContext2D, scene: Scene): void {
    const { shapes } = this;
    this.clear(context, scene.screen);
    if (scene.guide && !shapes.preview) this.paintGuides(context, scene, scene.guide);
    const { preview, selected, visible } = shapes;
    for (const shape of visible) {
      if (this.active.has(shape.id) && shape.id !== preview?.id && shape !== selected) this.paintShape(context, shape, scene);
    }
    if (selected && selected.id !== preview?.id) this.paintShape(context, selected, scene);
    if (preview) {
      if (scene.guide && !shapes.unfinished) this.paintGuides(context, scene, scene.guide);
      this.paintShape(context, preview, scene);
    }
  }

  /** The ids of the shapes that are painted in front. */
  private activeIds(): Set<number> {
    const { preview, selected, hovered } = this.shapes;
    return new Set([preview?.id, selected?.id, hovered].filter((id) => id !== undefined));
  }

  private paintShape(context: CanvasRenderingContext2D, shape: S, { view, screen }: Scene): void {
    const { shapes } = this;
    const inMotion = shapes.preview?.id === shape.id;
    paintActive(context, this.kind, shape, view, screen, {
      color: shapes.labels.colorOf(shape.label),
      selected: inMotion || shapes.selected?.id === shape.id,
      inMotion,
      isUnfinished: inMotion && shapes.unfinished !== undefined,
      chosenHandle: shapes.chosenHandle,
    });
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

  /** Empties the canvas and gives it the size of the screen at the display's density. */
  private clear(context: CanvasRenderingContext2D, screen: Size): void {
    const density = window.devicePixelRatio || 1;
    const width = Math.round(screen.width * density);
    const height = Math.round(screen.height * density);
    if (context.canvas.width !== width || context.canvas.height !== height) {
      context.canvas.width = width;
      context.canvas.height = height;
    }
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, screen.width, screen.height);
  }
}
