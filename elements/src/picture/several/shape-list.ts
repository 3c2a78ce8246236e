/** The shapes of a picture as the list of objects knows them. */
import type { Objects } from '../../tool/objects/objects.ts';
import type { Change } from '../../tool/work.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Shapes } from '../shapes.ts';
import type { Surface } from '../surface.ts';

export class ShapeList<S extends Shape> implements Objects<S> {
  readonly noun;

  constructor(
    private readonly kind: ShapeKind<S>,
    private readonly shapes: Shapes<S>,
    private readonly surface: Surface<S>,
    readonly leave: () => void,
  ) {
    this.noun = kind.noun;
  }

  get items(): readonly S[] {
    return this.shapes.items;
  }

  get selected(): number | undefined {
    return this.shapes.selected?.id;
  }

  get marks(): Shapes<S>['marks'] {
    return this.shapes.marks;
  }

  nameOf(label: string): string {
    return this.shapes.labels.get(label).full;
  }

  colorOf({ label }: S): string {
    return this.shapes.labels.colorOf(label);
  }

  where(shape: S): string {
    return this.kind.where(shape);
  }

  isSelected(id: number): boolean {
    return this.shapes.isSelected(id);
  }

  /** A hidden one is shown: nobody selects what they do not see. Of several, those stay away that are hidden. */
  select(ids: readonly number[]): void {
    const { shapes } = this;
    if (shapes.unfinished) return;
    const last = shapes.items.find(({ id }) => id === ids.at(-1));
    if (last) {
      shapes.marks.show(last.id);
      shapes.labels.show(last.label);
    }
    const seen = new Set(shapes.visible.map(({ id }) => id));
    shapes.selectSeveral(ids.filter((id) => seen.has(id)));
    shapes.notify();
    if (shapes.selected) this.surface.reveal(shapes.selected);
  }

  highlight(id: number | undefined): void {
    if (this.shapes.hovered === id) return;
    this.shapes.hovered = id;
    this.shapes.notify('live');
  }

  remove(): void {
    this.shapes.removeSelected();
  }

  listen(listener: (change: Change) => void): void {
    this.shapes.listen(listener);
  }
}
