/** What a pressed pointer does to shapes: draw one, move one, change one, or, without movement, select one. Knows no DOM. */
import { distance, type Point, type Size } from '../../base/geometry.ts';
import { withLabel } from '../../tool/annotations.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { grabbed } from '../shapes/handle-places.ts';
import { shapesAt, type Geometry, type Handle, type Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';

/** A pointer that went down on the picture. Lengths are in pixels of the picture. */
export type Press = {
  readonly point: Point;
  /** How near is near enough to grab an edge or a handle; larger for fingers. */
  readonly reach: number;
  /** A movement shorter than this is a click. */
  readonly slop: number;
  /** Draw here, whatever lies below (Shift). */
  readonly force: boolean;
  /** Move what lies below, also where a stroke would draw (Ctrl, Alt). */
  readonly moves?: boolean;
};

/** A place, how near to it is near enough, and whether what lies there is to move. */
export type Spot = Pick<Press, 'point' | 'reach'> & Partial<Pick<Press, 'moves'>>;

/** What a pressed pointer does until it is released. */
export interface Gesture {
  move(point: Point): void;
  end(): void;
  cancel(): void;
}

/** What lies under a hovering pointer. */
export type Hover = { readonly id: number | undefined; readonly cursor: string };

/** A shape that was just drawn is grabbed only from so much nearer: the next stroke may begin beside it. */
const FRESH = 1 / 2;

export class Gestures<S extends Shape> {
  private lastClick: Point | undefined;

  constructor(
    private readonly geometry: Geometry<S>,
    private readonly drawing: Drawing<S>,
    private readonly shapes: Shapes<S>,
    /** How many pixels of the screen one of the picture is. */
    private readonly scale: () => number = () => 1,
  ) {}

  /** The gesture that begins with this press; undefined where a drag should move the picture. */
  press(press: Press, picture: Size): Gesture | undefined {
    const { drawing, shapes } = this;
    if (shapes.unfinished) return shapes.unfinished.press(press, picture);
    const { editable: selected } = shapes;
    const select = (): void => this.select(press);
    const handle = press.force || press.moves ? undefined : this.handleAt(press);
    if (selected && handle) return this.drag(selected, handle, press, picture);
    if (selected && !press.force && this.isHeld(selected, press)) return this.move(selected, press, picture, select);
    if (press.force || (this.draws(press) && !press.moves)) return drawing.begin(press, shapes, picture, () => this.click(press, picture));
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
    if (selected && this.isHeld(selected, at)) return { id: selected.id, cursor: 'move' };
    // Inside a shape a click may begin another one, but a key means the shape.
    const under = this.geometry.touches ? [...this.under(at), ...this.under({ ...at, moves: true })] : this.under(at);
    const isClicked = selected && under.includes(selected) && this.lastClick && distance(this.lastClick, point) <= reach;
    const id = isClicked ? selected.id : under[0]?.id;
    return { id, cursor: this.draws(at) ? 'crosshair' : id === undefined ? 'grab' : 'pointer' };
  }

  /** Does a press here draw? */
  private draws(at: Spot): boolean {
    return this.shapes.mode === 'draw' && !(this.drawing.byClick && this.under(at).length > 0);
  }

  /** Strokes draw: all that a shape has to itself are its handles, not its sides, and nothing of its inside. */
  private get strokesDraw(): boolean {
    return this.shapes.mode === 'draw' && !this.drawing.byClick;
  }

  /** The handle that a press there gets hold of. */
  handleAt(at: Spot): Handle | undefined {
    const { editable: selected } = this.shapes;
    const { point, reach } = this.near(at);
    const scale = this.scale();
    const handle = selected && this.geometry.handleAt(selected, point, reach, scale);
    if (!handle || !this.strokesDraw) return handle;
    return this.geometry.grips(selected, scale).find((grip) => grip.handle.name === handle.name && distance(grip.at, point) <= reach) && handle;
  }

  /** Does a drag from here move the selected shape? */
  private isHeld(selected: S, at: Spot): boolean {
    return (at.moves || !this.strokesDraw) && this.isUnder(selected, this.near(at));
  }

  /** The same place for the selected shape. */
  private near(at: Spot): Spot {
    return this.shapes.isFresh && this.shapes.mode === 'draw' && !at.moves ? { ...at, reach: at.reach * FRESH } : at;
  }

  /** While clicks draw, only its border is a shape's own: another one may begin inside it. */
  isUnder(shape: S, { point, reach, moves }: Spot): boolean {
    const { geometry, drawing, shapes } = this;
    if (geometry.touches && drawing.byClick && shapes.mode === 'draw' && !moves) return geometry.touches(shape, point, reach);
    return geometry.contains(shape, point, reach);
  }

  /** What can be got hold of there, the one that is meant first at the front. */
  under(at: Spot): S[] {
    const { selected } = this.shapes;
    return shapesAt(this.geometry, this.shapes.reachable, at.point, (shape) => this.isUnder(shape, shape === selected ? this.near(at) : at));
  }

  /** Begins a shape that takes several clicks, where one may begin; else selects. */
  private click(press: Press, picture: Size): void {
    const { drawing, shapes } = this;
    const isFree = press.force || this.under(press).length === 0;
    // Beside a shape at which somebody is, a click only lets go of it.
    const isAway = shapes.selected !== undefined && !shapes.isFresh && !press.force;
    if (drawing.click && shapes.mode === 'draw' && isFree && !isAway && shapes.labels.active !== '') drawing.click(press, shapes, picture);
    else this.select(press);
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
    return this.change(shape, press, (to) => this.geometry.moveHandle(shape, handle, grabbed(handle, press.point, to), picture), clicked);
  }

  private move(shape: S, press: Press, picture: Size, clicked: () => void): Gesture {
    const moved = (to: Point): S => this.geometry.move(shape, to.x - press.point.x, to.y - press.point.y, picture);
    return this.change(shape, press, moved, clicked);
  }

  /** Shows what the shape becomes while the pointer moves, as long as it may, and commits it at the end. */
  private change({ id }: S, press: Press, changed: (to: Point) => S | undefined, clicked: () => void): Gesture {
    const { shapes } = this;
    return {
      move(to) {
        if (!shapes.preview && distance(press.point, to) < press.slop) return;
        const { preview } = shapes;
        const shape = changed(to) ?? preview;
        if (!shape) return;
        // A key may have given it another label since it was pressed.
        const { label } = preview ?? shapes.items.find((item) => item.id === id) ?? shape;
        shapes.show(label === shape.label ? shape : withLabel(shape, label));
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
