/** Everything a worker can do to the annotations without pointing; buttons and keys share these. */
import type { Annotations, Shape } from './model/annotations.ts';
import { positionOf } from './model/labels.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Surface } from './surface.ts';

const ZOOM_STEP = 1.25;

export class Commands<S extends Shape> {
  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly annotations: Annotations<S>,
    private readonly surface: Surface<S>,
  ) {}

  undo(): void {
    this.annotations.undo();
  }

  redo(): void {
    this.annotations.redo();
  }

  remove(): void {
    this.annotations.removeSelected();
  }

  draw(): void {
    this.annotations.mode = 'draw';
    this.deselect();
  }

  pick(): void {
    this.annotations.mode = 'select';
    this.annotations.notify();
  }

  zoomIn(): void {
    this.surface.zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.surface.zoom(1 / ZOOM_STEP);
  }

  fit(): void {
    this.surface.fit();
  }

  naturalSize(): void {
    this.surface.naturalSize();
  }

  toggleAllHidden(): void {
    this.annotations.toggleAllHidden();
  }

  chooseLabelAt(digit: string): void {
    const label = this.annotations.labels[positionOf(digit)];
    if (label !== undefined) this.annotations.chooseLabel(label);
  }

  /** Selects the next or previous shape; false past either end, where the focus should move on. */
  step(step: 1 | -1): boolean {
    const next = this.annotations.neighbour(step);
    this.annotations.select(next?.id);
    this.annotations.notify();
    if (next) this.surface.reveal(next);
    return next !== undefined;
  }

  /** Cancels the gesture, else the selection; false when there was nothing to cancel. */
  escape(): boolean {
    const { pointer } = this.surface;
    if (pointer?.isBusy) pointer.cancel();
    else if (this.annotations.selected) this.deselect();
    else return false;
    return true;
  }

  /** Adds a shape in the middle of what is on screen. */
  insert(): void {
    const { picture, seen } = this.surface;
    const { activeLabel } = this.annotations;
    if (!picture || activeLabel === '') return;
    this.annotations.add(this.kind.insert(this.annotations.newId(), activeLabel, seen, picture));
  }

  /** Moves the selected shape, or the picture when none is selected. */
  nudge(dx: number, dy: number): void {
    const { selected } = this.annotations;
    const { picture } = this.surface;
    if (!picture) return;
    if (!selected) return this.surface.pan(-dx * 40, -dy * 40);
    this.annotations.replace(this.kind.move(selected, dx, dy, picture), 'move');
    this.revealSelected();
  }

  grow(dx: number, dy: number): void {
    const { selected } = this.annotations;
    const { picture } = this.surface;
    if (!picture || !selected) return;
    this.annotations.replace(this.kind.grow(selected, dx, dy, picture), 'grow');
    this.revealSelected();
  }

  /** The key that moved or resized was let go: the next one is a step of its own. */
  endRun(): void {
    this.annotations.history.seal();
  }

  deselect(): void {
    this.annotations.select(undefined);
    this.annotations.notify();
  }

  private revealSelected(): void {
    const { selected } = this.annotations;
    if (selected) this.surface.reveal(selected);
  }
}
