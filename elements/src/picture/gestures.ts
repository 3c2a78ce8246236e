/** What a pressed pointer does to shapes: draw one, move one, change one, or, without movement, select one. Knows no DOM. */
import type { Drawing } from './drawing.ts';
import { distance, type Point, type Size } from './geometry.ts';
import { shapesAt, type Geometry, type Handle, type Shape } from './shapes/shape.ts';
import type { Shapes } from './shapes.ts';

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

/** A place, and how near to it is near enough. */
export type Spot = Pick<Press, 'point' | 'reach'>;

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
    private readonly shapes: Shapes<S>,
  ) {}

  /** The gesture that begins with this press; undefined where a drag should move the picture. */
  press(press: Press, picture: Size): Gesture | undefined {
    const { drawing, shapes } = this;
    if (shapes.unfinished) return shapes.unfinished.press(press, picture);
    const { editable: selected } = shapes;
    const select = (): void => this.select(press);
    const handle = press.force ? undefined : this.handleAt(press);
    if (selected && handle) return this.drag(selected, handle, press, picture);
    if (selected && !press.force && this.isUnder(selected, press)) return this.move(selected, press, picture, select);
    if (this.draws(press) || press.force) return drawing.begin(press, shapes, picture, select);
    select();
    return shapes.selected && this.move(shapes.selected, press, picture, () => {});
  }

  hover(point: Point, reach: number, picture: Size): Hover {
    const { editable: selected, unfinished } = this.shapes;
    unfinished?.follow(point, picture);
    if (unfinished) return { id: undefined, cursor: 'crosshair' };
    const at = { point, reach };
    const handle = this.handleAt(at);
    if (selected && handle) return { id: selected.id, cursor: handle.cursor };
    if (selected && this.isUnder(selected, at)) return { id: selected.id, cursor: 'move' };
    const id = this.under(at)[0]?.id;
    return { id, cursor: this.draws(at) ? 'crosshair' : id === undefined ? 'grab' : 'pointer' };
  }

  /** Does a press here draw? */
  private draws(at: Spot): boolean {
    return this.shapes.mode === 'draw' && !(this.drawing.byClick && this.under(at).length > 0);
  }

  private handleAt({ point, reach }: Spot): Handle | undefined {
    const { editable: selected } = this.shapes;
    return selected && this.geometry.handleAt(selected, point, reach);
  }

  /** While clicks draw, only its border is a shape's own: another one may begin inside it. */
  isUnder(shape: S, { point, reach }: Spot): boolean {
    const { geometry, drawing, shapes } = this;
    if (geometry.touches && drawing.byClick && shapes.mode === 'draw') return geometry.touches(shape, point, reach);
    return geometry.contains(shape, point, reach);
  }

  /** What can be got hold of there, the one that is meant first at the front. */
  under(at: Spot): S[] {
    return shapesAt(this.geometry, this.shapes.reachable, at.point, (shape) => this.isUnder(shape, at));
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

  private drag(shape: S, handle: Handle, press: Press, picture: Size): Gesture {
    const clicked = (): void => (handle.isVertex ? this.shapes.chooseHandle(handle.name) : this.select(press));
    return this.change(press, (to) => this.geometry.moveHandle(shape, handle, to, picture), clicked);
  }

  private move(shape: S, press: Press, picture: Size, clicked: () => void): Gesture {
    const moved = (to: Point): S => this.geometry.move(shape, to.x - press.point.x, to.y - press.point.y, picture);
    return this.change(press, moved, clicked);
  }

  /** Shows what the shape becomes while the pointer moves, as long as it may, and commits it at the end. */
  private change(press: Press, changed: (to: Point) => S | undefined, clicked: () => void): Gesture {
    const { shapes } = this;
    return {
      move(to) {
        if (!shapes.preview && distance(press.point, to) < press.slop) return;
        const shape = changed(to) ?? shapes.preview;
        if (shape) shapes.show(shape);
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
