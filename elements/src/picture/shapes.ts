/** The state of a tool for shapes on a picture: beside the items, the one that is not finished yet and the vertex that is chosen. Knows no DOM. */
import type { JsonObject } from '../base/json-attributes.ts';
import type { Json } from '../frame/protocol.ts';
import { Annotations, type Fit } from '../tool/annotations.ts';
import type { Point, Rect, Size } from './geometry.ts';
import type { Gesture, Press } from './gestures.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';

/** A shape that takes several presses, while it is drawn. Undo and redo are its own until it is finished. */
export interface Unfinished {
  readonly vertices: readonly Point[];
  /** What there is of it and how it goes on. */
  readonly words: string;
  readonly canRedo: boolean;
  press(press: Press, picture: Size): Gesture;
  /** The pointer hovers here, or (undefined) nowhere. */
  follow(point: Point | undefined, picture: Size): void;
  /** Moves the next vertex, puts it there. */
  nudge(dx: number, dy: number, picture: Size): void;
  put(): void;
  finish(): void;
  /** Takes the last vertex back, and with the first one the shape. */
  undo(): void;
  redo(): void;
  /** It is to be painted again. */
  show(): void;
}

const isPoint = (value: Json): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value.x === 'number' && typeof value.y === 'number';

export class Shapes<S extends Shape> extends Annotations<S> {
  unfinished: Unfinished | undefined;
  /** The name of the handle of the selected shape that keys move and delete alone. */
  chosenHandle: string | undefined;
  /** Several shapes as they would lie if they were let go of now, while they are moved together. */
  group: readonly S[] | undefined;
  /** The rectangle that is being drawn around shapes to select them. */
  band: Rect | undefined;

  constructor(
    private readonly shapeKind: ShapeKind<S>,
    fit: Fit<S>,
  ) {
    super({ ...shapeKind, same: (a, b) => shapeKind.geometry.same(a, b) }, fit);
  }

  /** From here on `shape` is being drawn. */
  begin(shape: Unfinished): void {
    this.select(undefined);
    this.unfinished = shape;
    shape.show();
    this.notify('items');
  }

  complete(shape: S): void {
    this.unfinished = undefined;
    this.add(shape);
  }

  /** Lets go of what is being drawn. */
  abandon(): void {
    this.unfinished = undefined;
    this.preview = undefined;
    this.notify('items');
  }

  showGroup(group: readonly S[] | undefined): void {
    this.group = group;
    this.notify('live');
  }

  showBand(band: Rect | undefined): void {
    this.band = band;
    this.notify('live');
  }

  /** Only one shape has handles: with several selected it is the one that is meant. */
  chooseHandle(name: string | undefined): void {
    if (name !== undefined && this.isSeveral) this.select(this.selected?.id);
    this.chosenHandle = name;
    this.notify();
  }

  override select(id: number | undefined): void {
    super.select(id);
    this.chosenHandle = undefined;
  }

  override chooseLabel(label: string): void {
    super.chooseLabel(label);
    this.unfinished?.show();
  }

  override get canUndo(): boolean {
    return this.unfinished !== undefined || super.canUndo;
  }

  override get canRedo(): boolean {
    return this.unfinished?.canRedo ?? super.canRedo;
  }

  override undo(): void {
    if (this.unfinished) this.unfinished.undo();
    else super.undo();
  }

  override redo(): void {
    if (this.unfinished) this.unfinished.redo();
    else super.redo();
  }

  override get hasSelection(): boolean {
    return this.unfinished !== undefined || super.hasSelection;
  }

  /** Removes the last vertex of what is being drawn, else the vertex that is chosen if the shape can be without it, else the shape. */
  override removeSelected(): void {
    const { selected, chosenHandle, unfinished } = this;
    if (unfinished) return unfinished.undo();
    const rest = selected && chosenHandle !== undefined ? this.shapeKind.geometry.without?.(selected, chosenHandle) : undefined;
    if (!rest) return super.removeSelected();
    this.replace(rest);
    const names = this.shapeKind.geometry.handles(rest).map(({ name }) => name);
    this.chooseHandle(names.includes(chosenHandle as string) ? chosenHandle : names.at(-1));
  }

  override save(): Json {
    const saved = super.save() as JsonObject;
    return this.unfinished ? { ...saved, unfinished: this.unfinished.vertices.map(({ x, y }) => ({ x, y })) } : saved;
  }

  override restore(saved: Json): void {
    super.restore(saved);
    const vertices = saved !== null && typeof saved === 'object' && !Array.isArray(saved) ? saved.unfinished : undefined;
    if (!Array.isArray(vertices) || vertices.length === 0 || !vertices.every(isPoint)) return;
    this.shapeKind.drawing.resume?.(vertices as Point[], this);
  }

  protected override restart(items: readonly S[]): void {
    this.unfinished = undefined;
    super.restart(items);
  }
}
