/** What a pressed pointer does to shapes: draw one, move one, change one, or, without movement, select one. Knows no DOM. */
import type { Annotations } from '../tool/annotations.ts';
import type { Drawing } from './drawing.ts';
import { distance, type Point, type Size } from './geometry.ts';
import { shapesAt, type Geometry, type Shape } from './shapes/shape.ts';

/** A pointer that went down on the picture. Lengths are in pixels of the picture. */
export type Press = {
  readonly point: Point;
  /** How near is near enough to grab an edge or a handle; larger for fingers. */
  readonly reach: number;
  /** A movement shorter than this is a click. */
  readonly slop: number;
  /** Draw here, whatever lies below (Shift). */
  readonly force: boolean;
};

/** What a pressed pointer does until it is released. */
export interface Gesture {
  move(point: Point): void;
  end(): void;
  cancel(): void;
}

/** What lies under a hovering pointer. */
export type Hover = { readonly id: number | undefined; readonly cursor: string };

export class Gestures<S extends Shape> {
  private lastClick: Point | undefined;

  constructor(
    private readonly geometry: Geometry<S>,
    private readonly drawing: Drawing<S>,
    private readonly shapes: Annotations<S>,
  ) {}

  /** The gesture that begins with this press; undefined where a drag should move the picture. */
  press(press: Press, picture: Size): Gesture | undefined {
    const { geometry, drawing, shapes } = this;
    const { selected } = shapes;
    const select = (): void => this.select(press);
    if (selected && !press.force) {
      const handle = geometry.handleAt(selected, press.point, press.reach);
      if (handle) return this.change(press, (to) => geometry.moveHandle(selected, handle, to, picture), select);
      if (geometry.contains(selected, press.point, press.reach)) return this.move(selected, press, picture, select);
    }
    const draws = shapes.mode === 'draw' && !(drawing.byClick && this.under(press).length > 0);
    if (draws || press.force) return drawing.begin(press, shapes, picture, select);
    select();
    return shapes.selected && this.move(shapes.selected, press, picture, () => {});
  }

  hover(point: Point, reach: number): Hover {
    const { geometry, drawing, shapes } = this;
    const { selected } = shapes;
    const handle = selected && geometry.handleAt(selected, point, reach);
    if (handle) return { id: selected.id, cursor: handle.cursor };
    if (selected && geometry.contains(selected, point, reach)) return { id: selected.id, cursor: 'move' };
    const id = this.under({ point, reach })[0]?.id;
    const draws = shapes.mode === 'draw' && !(drawing.byClick && id !== undefined);
    return { id, cursor: draws ? 'crosshair' : id === undefined ? 'grab' : 'pointer' };
  }

  private under({ point, reach }: Pick<Press, 'point' | 'reach'>): S[] {
    return shapesAt(this.geometry, this.shapes.visible, point, reach);
  }

  /** Selects the first shape under the pointer; clicked again at the same place, the next. */
  private select(press: Press): void {
    const { shapes } = this;
    const under = this.under(press);
    const isRepeat = this.lastClick !== undefined && distance(this.lastClick, press.point) < press.slop;
    const at = isRepeat ? under.findIndex(({ id }) => id === shapes.selected?.id) : -1;
    this.lastClick = press.point;
    shapes.select(under[(at + 1) % Math.max(under.length, 1)]?.id);
    shapes.notify();
  }

  private move(shape: S, press: Press, picture: Size, clicked: () => void): Gesture {
    const moved = (to: Point): S => this.geometry.move(shape, to.x - press.point.x, to.y - press.point.y, picture);
    return this.change(press, moved, clicked);
  }

  /** Shows what the shape becomes while the pointer moves, and commits it at the end. */
  private change(press: Press, changed: (to: Point) => S, clicked: () => void): Gesture {
    const { shapes } = this;
    return {
      move(to) {
        if (shapes.preview || distance(press.point, to) >= press.slop) shapes.show(changed(to));
      },
      end() {
        const { preview } = shapes;
        shapes.show(undefined);
        if (preview) shapes.replace(preview);
        else clicked();
      },
      cancel: () => shapes.show(undefined),
    };
  }
}
