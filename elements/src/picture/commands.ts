/** Everything a worker can do to shapes and to the view of the picture without pointing; buttons and keys share these. */
import type { Annotations } from '../tool/annotations.ts';
import type { Shape } from './shapes/shape.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Surface } from './surface.ts';

const ZOOM_STEP = 1.25;
/** How far an arrow key moves the picture, in screen pixels. */
const PAN_STEP = 40;

export class Commands<S extends Shape> {
  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Annotations<S>,
    private readonly surface: Surface<S>,
  ) {}

  draw(): void {
    this.shapes.mode = 'draw';
    this.shapes.deselect();
  }

  pick(): void {
    this.shapes.mode = 'select';
    this.shapes.notify();
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

  step(step: 1 | -1): boolean {
    const next = this.shapes.neighbour(step);
    this.shapes.select(next?.id);
    this.shapes.notify();
    if (next) this.surface.reveal(next);
    return next !== undefined;
  }

  escape(): boolean {
    const { pointer } = this.surface;
    if (pointer?.isBusy) pointer.cancel();
    else if (this.shapes.selected) this.shapes.deselect();
    else return false;
    return true;
  }

  /** Adds a shape in the middle of what is on screen. */
  insert(): void {
    const { picture, seen } = this.surface;
    const { active: label } = this.shapes.labels;
    if (!picture || label === '') return;
    this.shapes.add({ id: this.shapes.newId(), label, ...this.kind.geometry.middle(seen, picture) } as S);
  }

  /** Moves the selected shape, or the picture when none is selected. */
  nudge(dx: number, dy: number): void {
    const { selected } = this.shapes;
    const { picture } = this.surface;
    if (!picture) return;
    if (!selected) return this.surface.pan(-dx * PAN_STEP, -dy * PAN_STEP);
    this.shapes.replace(this.kind.geometry.move(selected, dx, dy, picture), 'move');
    this.revealSelected();
  }

  grow(dx: number, dy: number): void {
    const { selected } = this.shapes;
    const { picture } = this.surface;
    const grown = picture && selected && this.kind.geometry.grow?.(selected, dx, dy, picture);
    if (!grown) return;
    this.shapes.replace(grown, 'grow');
    this.revealSelected();
  }

  /** The key that moved or resized was let go: the next one is a step of its own. */
  endRun(): void {
    this.shapes.history.seal();
  }

  setPanning(isPanning: boolean): void {
    this.surface.setPanning(isPanning);
  }

  private revealSelected(): void {
    const { selected } = this.shapes;
    if (selected) this.surface.reveal(selected);
  }
}
