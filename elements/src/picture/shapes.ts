/** The state of a tool for shapes on a picture: beside the items, the one that is not finished yet and the vertex that is chosen. Knows no DOM. */
import type { Point, Rect, Size } from '../base/geometry.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { Annotations, withLabel } from '../tool/annotations.ts';
import type { Fit } from '../tool/item-list.ts';
import { Verification } from '../tool/verification.ts';
import { Aim } from './pointing/aim.ts';
import type { Gesture, Press } from './pointing/gestures.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shape } from './shapes/shape.ts';

/** A shape that takes several presses, while it is drawn. Undo and redo are its own until it is finished. */
export interface Unfinished {
  readonly vertices: readonly Point[];
  /** It is made vertex by vertex, and so much work that nobody may lose it by the way; else a few clicks, quickly made again. */
  readonly isPath: boolean;
  /** What there is of it and how it goes on. */
  readonly words: string;
  readonly canRedo: boolean;
  press(press: Press, picture: Size): Gesture;
  /** The pointer hovers here, or (undefined) nowhere. */
  follow(point: Point | undefined, picture: Size): void;
  /** Moves the next vertex, where keys can; puts it there. */
  nudge?(dx: number, dy: number, picture: Size): void;
  put?(): void;
  finish?(): void;
  /** Takes the last vertex back, and with the first one the shape. */
  undo(): void;
  redo(): void;
  /** It is to be painted again. */
  show(): void;
}

const isPoint = (value: Json): boolean =>
  isJsonObject(value) && typeof value.x === 'number' && typeof value.y === 'number';

export class Shapes<S extends Shape> extends Annotations<S> {
  unfinished: Unfinished | undefined;
  /** Which of the given ones have been looked at: kept with a draft, never part of the answer. */
  readonly verification = new Verification();
  /** The name of the handle of the selected shape that keys move and delete alone. */
  chosenHandle: string | undefined;
  /** Which of the ways of its drawing is chosen. */
  way = 0;
  private readonly aim = new Aim();
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

  /** Adds what was being drawn. */
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

  /** The pointer is on this shape, or on none, at this place of the screen. */
  pointAt(id: number | undefined, at: Point | undefined): void {
    this.hovered = id;
    this.aim.point(id, at);
  }

  /** The shape that a key means: see `aim.ts`. */
  get meant(): S | undefined {
    const { selected } = this;
    const id = this.aim.of(selected?.id, this.isFresh);
    return id === selected?.id ? selected : (this.visible.find((shape) => shape.id === id) ?? selected);
  }

  /** Selects the shape that a key means; where several are selected, it means those. */
  takeAim(): void {
    const { meant, selected, unfinished, preview, isSeveral } = this;
    if (unfinished || preview || isSeveral) return;
    if (meant === selected) this.aim.settle();
    else {
      this.select(meant?.id);
      this.notify();
    }
  }

  /** Selects the shape that a label is for: what was drawn just now, wherever the pointer has gone since, else as for any key. */
  aimLabel(): void {
    if (!this.isFresh) this.takeAim();
  }

  override select(id: number | undefined): void {
    super.select(id);
    this.chosenHandle = undefined;
    this.aim.settle();
  }

  /** Labels what is being drawn or was drawn just now, else the shape that is meant; and in any case what comes next. */
  override chooseLabel(label: string): void {
    const { preview, unfinished } = this;
    if (unfinished || preview) {
      this.labels.choose(label);
      this.labels.show(label);
      if (unfinished) unfinished.show();
      else if (preview) this.show(withLabel(preview, label));
      return;
    }
    this.aimLabel();
    super.chooseLabel(label);
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
    const { unfinished, checked } = this;
    return {
      ...saved,
      ...(checked.length > 0 ? { checked } : {}),
      ...(unfinished ? { unfinished: unfinished.vertices.map(({ x, y }) => ({ x, y })) } : {}),
    };
  }

  override restore(saved: Json): void {
    super.restore(saved);
    if (!isJsonObject(saved)) return;
    this.check(saved.checked);
    const vertices = saved.unfinished;
    if (!Array.isArray(vertices) || vertices.length === 0 || !vertices.every(isPoint)) return;
    this.shapeKind.drawing.resume?.(vertices as Point[], this);
  }

  /** Where the shapes stand that nobody has to look at again: they have been looked at, or a worker has drawn them. */
  private get checked(): number[] {
    if (this.initial === undefined) return [];
    return this.history.present.flatMap(({ id }, index) => (this.verification.isOpen(id) ? [] : [index]));
  }

  private check(checked: Json | undefined): void {
    if (!Array.isArray(checked)) return;
    for (const index of checked) {
      const shape = typeof index === 'number' ? this.start[index] : undefined;
      if (shape) this.verification.mark(shape.id);
    }
    this.notify();
  }

  protected override restart(items: readonly S[]): void {
    this.unfinished = undefined;
    super.restart(items);
  }
}
