/**
 * Draws a path vertex by vertex: each click puts one, or a drag, which puts it where the pointer comes up; keys move the
 * next one and put it. Knows no DOM.
 */
import { distance, snap, type Point, type Size } from '../../base/geometry.ts';
import { History } from '../../history/history.ts';
import type { Gesture, Press } from '../pointing/gestures.ts';
import type { Path, PathGeometry } from '../shapes/path.ts';
import { crossesItself } from '../shapes/segments.ts';
import type { Shapes, Unfinished } from '../shapes.ts';

const NOTHING: Gesture = { move() {}, end() {}, cancel() {} };

/** The path that is being drawn. */
export class Trace implements Unfinished {
  readonly isPath = true;
  private readonly placed: History<readonly Point[]>;
  /** Where the next vertex would be: under the pointer, or where keys have moved it. */
  private next: Point | undefined;
  private isNextByKeys = false;
  private refusal = '';
  private readonly id: number;

  constructor(
    private readonly shapes: Shapes<Path>,
    private readonly geometry: PathGeometry,
    private readonly singular: string,
    vertices: readonly Point[],
  ) {
    this.placed = new History(vertices);
    this.id = shapes.newId();
  }

  get vertices(): readonly Point[] {
    return this.placed.present;
  }

  get words(): string {
    const { fewest, isClosed } = this.geometry.rule;
    const count = this.vertices.length;
    const at = this.isNextByKeys && this.next ? `, next at ${this.next.x}, ${this.next.y}` : '';
    const state = `${this.singular} with ${count} ${count === 1 ? 'vertex' : 'vertices'}${at}`;
    if (this.refusal) return `${state}: ${this.refusal}`;
    const end = isClosed ? 'closes' : 'finishes';
    return `${state} · ${count < fewest ? '' : `Enter or a click on the ${isClosed ? 'first' : 'last'} one ${end} it, `}Backspace takes the last one back`;
  }

  get canRedo(): boolean {
    return this.placed.canRedo;
  }

  /** The press that began it: dragged, it puts a second vertex. */
  begun(press: Press, picture: Size): Gesture {
    return {
      move: (to) => {
        if (this.next || distance(press.point, to) >= press.slop) this.follow(to, picture);
      },
      end: () => this.next && this.put(),
      cancel: () => this.shapes.abandon(),
    };
  }

  press(press: Press, picture: Size): Gesture {
    if (this.isEnd(press)) return { ...NOTHING, end: () => this.finish() };
    this.follow(press.point, picture);
    return {
      move: (to) => this.follow(to, picture),
      end: () => this.put(),
      cancel: () => this.follow(undefined, picture),
    };
  }

  follow(point: Point | undefined, picture: Size): void {
    // Keys may have taken it back while the pointer was down.
    if (this.shapes.unfinished !== this) return;
    // A pointer that lies still does not take over from the keys.
    if (point === undefined && this.isNextByKeys) return;
    this.isNextByKeys = false;
    this.next = point && snap(point, picture);
    this.show();
  }

  nudge(dx: number, dy: number, picture: Size): void {
    const from = this.next ?? (this.vertices.at(-1) as Point);
    this.next = snap({ x: from.x + dx, y: from.y + dy }, picture);
    this.isNextByKeys = true;
    this.refusal = '';
    this.show();
    this.shapes.notify();
  }

  put(): void {
    const { next, vertices } = this;
    const last = vertices.at(-1);
    if (this.shapes.unfinished !== this) return;
    if (!next || (next.x === last?.x && next.y === last.y)) return;
    const more = [...vertices, next];
    // The edge that would close it is not drawn yet.
    if (!this.allows(more, false)) return this.refuse('its edges may not cross');
    this.placed.commit(more);
    if (more.length === this.geometry.rule.most) this.finish();
    else this.changed();
  }

  finish(): void {
    this.refusal = '';
    if (this.isNextByKeys) this.put();
    const { fewest, isClosed } = this.geometry.rule;
    const { vertices } = this;
    if (this.refusal !== '' || this.shapes.unfinished !== this) return;
    if (vertices.length < fewest) return this.refuse(`it needs ${fewest}`);
    if (!this.allows(vertices, isClosed)) return this.refuse('the edge that closes it would cross another');
    this.shapes.complete({ id: this.id, label: this.shapes.labels.active, vertices });
  }

  undo(): void {
    if (!this.placed.canUndo) return this.shapes.abandon();
    this.placed.undo();
    this.changed();
  }

  redo(): void {
    this.placed.redo();
    this.changed();
  }

  /** Is this a click that ends it: upon its first vertex if that closes it, or again upon its last? */
  private isEnd({ point, reach }: Press): boolean {
    const { isClosed, fewest } = this.geometry.rule;
    const { vertices } = this;
    const [first, last] = [vertices[0] as Point, vertices.at(-1) as Point];
    return (isClosed && vertices.length >= fewest && distance(first, point) <= reach) || distance(last, point) <= reach / 2;
  }

  private allows(vertices: readonly Point[], isClosed: boolean): boolean {
    return this.geometry.rule.mayCross || !crossesItself(vertices, isClosed);
  }

  private refuse(why: string): void {
    this.refusal = why;
    this.shapes.notify();
  }

  private changed(): void {
    this.refusal = '';
    this.show();
    this.shapes.notify('items');
  }

  show(): void {
    const { vertices, next } = this;
    this.shapes.show({ id: this.id, label: this.shapes.labels.active, vertices: next ? [...vertices, next] : vertices });
  }
}
