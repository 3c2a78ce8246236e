/** Everything a worker can do to shapes without pointing; buttons and keys share these. */
import type { Side, Size } from '../base/geometry.ts';
import type { Shape } from './shapes/shape.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Shapes } from './shapes.ts';
import type { Surface } from './surface.ts';

/** The side that faces the way of such a step. */
const sideOf = (dx: number, dy: number): Side => (dx < 0 ? 'left' : dx > 0 ? 'right' : dy < 0 ? 'top' : 'bottom');

export class Commands<S extends Shape> {
  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly surface: Surface<S>,
  ) {}

  /** Turns to drawing; who draws already, to the next of the ways in which clicks do. */
  draw(): void {
    const { shapes } = this;
    const ways = this.kind.drawing.ways?.length ?? 1;
    this.dropClicks();
    if (shapes.mode === 'draw') shapes.way = (shapes.way + 1) % ways;
    shapes.mode = 'draw';
    shapes.deselect();
  }

  pick(): void {
    this.dropClicks();
    this.shapes.mode = 'select';
    this.shapes.notify();
  }

  /** The next or previous shape, and past either end the first or last one again. */
  cycle(step: 1 | -1): void {
    if (!this.step(step) && !this.shapes.unfinished) this.step(step);
  }

  step(step: 1 | -1): boolean {
    this.dropClicks();
    if (this.shapes.unfinished) return false;
    const next = this.shapes.neighbour(step);
    this.shapes.select(next?.id);
    this.shapes.notify();
    if (next) this.surface.reveal(next);
    return next !== undefined;
  }

  escape(): boolean {
    const { pointer } = this.surface;
    const { unfinished, chosenHandle } = this.shapes;
    if (pointer?.isBusy) pointer.cancel();
    else if (unfinished) unfinished.undo();
    else if (chosenHandle !== undefined) this.shapes.chooseHandle(undefined);
    else if (this.shapes.selected) this.shapes.deselect();
    else return false;
    return true;
  }

  /** Adds a shape in the middle of what is on screen, or the next vertex to one that is being drawn. */
  insert(): void {
    const { picture, seen } = this.surface;
    this.dropClicks();
    if (picture) this.kind.drawing.insert(seen, this.shapes, picture);
  }

  finish(): void {
    this.shapes.unfinished?.finish?.();
  }

  /** Chooses the next or previous vertex, corner or side of the selected shape; past either end, the shape as a whole. */
  stepHandle(step: 1 | -1): void {
    const { selected, chosenHandle } = this.shapes;
    if (!selected) return;
    const names = this.kind.geometry.handles(selected).map(({ name }) => name);
    const at = chosenHandle === undefined ? -1 : names.indexOf(chosenHandle);
    const next = at + step === -2 ? names.length - 1 : at + step;
    this.shapes.chooseHandle(names[next]);
  }

  /** Adds a vertex after the chosen one, or after the first. */
  split(): void {
    const { selected, chosenHandle } = this.shapes;
    const name = chosenHandle ?? (selected && this.kind.geometry.handles(selected)[0]?.name);
    const split = selected && name !== undefined && this.kind.geometry.split?.(selected, name);
    if (!split) return;
    this.shapes.replace(split.shape);
    this.shapes.chooseHandle(split.name);
  }

  /** Moves the vertex that is drawn next or chosen, else all that is selected, or the picture when nothing is. */
  nudge(dx: number, dy: number): void {
    const { selected, unfinished } = this.shapes;
    const { picture } = this.surface;
    if (!picture) return;
    if (unfinished?.nudge) return unfinished.nudge(dx, dy, picture);
    if (this.shapes.isSeveral) return this.surface.several.nudge(dx, dy, picture);
    if (!selected) return this.surface.step(dx, dy);
    const moved = this.moved(selected, dx, dy, picture);
    if (!moved) return;
    this.shapes.replace(moved, 'move');
    this.revealSelected();
  }

  /** Moves one side of each selected shape: that which faces this way, or (`pulls`) the opposite one. */
  moveSide(dx: number, dy: number, pulls: boolean): void {
    const { picture } = this.surface;
    const side = sideOf(pulls ? -dx : dx, pulls ? -dy : dy);
    if (!picture) return;
    const changed = this.shapes.selectedItems.flatMap((shape) => this.kind.geometry.moveSide?.(shape, side, dx + dy, picture) ?? []);
    this.shapes.replaceAll(changed, `side ${side}`);
    this.revealSelected();
  }

  /** The key that moved or resized was let go: the next one is a step of its own. */
  endRun(): void {
    this.shapes.history.seal();
  }

  /** Lets go of a shape that so far is a few clicks. */
  private dropClicks(): void {
    if (this.shapes.unfinished?.isPath === false) this.shapes.abandon();
  }

  private moved(shape: S, dx: number, dy: number, picture: Size): S | undefined {
    const { geometry } = this.kind;
    const handle = geometry.handles(shape).find(({ name }) => name === this.shapes.chosenHandle);
    if (!handle) return geometry.move(shape, dx, dy, picture);
    return geometry.moveHandle(shape, handle, { x: handle.point.x + dx, y: handle.point.y + dy }, picture);
  }

  private revealSelected(): void {
    const { selected } = this.shapes;
    if (selected) this.surface.reveal(selected);
  }
}
