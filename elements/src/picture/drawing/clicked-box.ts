/** A box that is made by clicks: on two opposite corners, or on the four places where an object reaches farthest. Knows no DOM. */
import { distance, snap, type Point, type Rect, type Size } from '../../base/geometry.ts';
import type { BoxDrawing } from './box-drawing.ts';
import type { Gesture, Press } from '../pointing/gestures.ts';
import type { Box } from '../shapes/box.ts';
import { boundsOf } from '../shapes/path.ts';
import type { Shapes, Unfinished } from '../shapes.ts';

/** A movement so many times longer than that of a shaky click is a stroke. */
const STROKE = 3;

export class ClickedBox implements Unfinished {
  readonly isPath = false;
  readonly canRedo = false;
  private clicked: readonly Point[];
  private next: Point | undefined;
  private refusal = '';
  private readonly id: number;

  /** `count` clicks make it. */
  constructor(
    private readonly shapes: Shapes<Box>,
    private readonly drawing: BoxDrawing,
    private readonly count: 2 | 4,
    first: Point,
  ) {
    this.clicked = [first];
    this.id = shapes.newId();
  }

  get vertices(): readonly Point[] {
    return this.clicked;
  }

  get words(): string {
    const state = this.count === 2 ? 'box with one corner' : `box with ${this.clicked.length} of its ${this.count} extremes (top, left, bottom, right)`;
    if (this.refusal) return `${state}: ${this.refusal}`;
    return this.count === 2 ? `${state}: click on the opposite one · Escape takes it back` : `${state} · Escape takes the last one back`;
  }

  press(press: Press, picture: Size): Gesture {
    let stroke: Gesture | undefined;
    let to = press.point;
    return {
      move: (point) => {
        to = point;
        if (this.count === 2 && !stroke && distance(press.point, point) >= STROKE * press.slop) stroke = this.giveWay(press, picture);
        if (stroke) stroke.move(point);
        else this.follow(point, picture);
      },
      end: () => (stroke ? stroke.end() : this.place(to, press.slop, picture)),
      cancel: () => {
        stroke?.cancel();
        if (stroke) this.shapes.begin(this);
      },
    };
  }

  follow(point: Point | undefined, picture: Size): void {
    if (this.shapes.unfinished !== this) return;
    this.next = point && snap(point, picture);
    this.show();
  }

  undo(): void {
    if (this.clicked.length === 1) return this.shapes.abandon();
    this.clicked = this.clicked.slice(0, -1);
    this.changed();
  }

  redo(): void {}

  show(): void {
    this.shapes.show({ id: this.id, label: this.shapes.labels.active, ...this.extent(this.next) });
  }

  /** A stroke draws, whatever a click has begun before. */
  private giveWay(press: Press, picture: Size): Gesture {
    this.shapes.abandon();
    return this.drawing.begin(press, this.shapes, picture, () => {});
  }

  private place(point: Point, slop: number, picture: Size): void {
    // A key may have let go of it while the pointer was down.
    if (this.shapes.unfinished !== this) return;
    const at = snap(point, picture);
    // The second half of a double click: of two corners it takes the first one back, of four places it is none.
    if (distance(this.clicked.at(-1) as Point, at) < slop) return this.count === 2 ? this.undo() : undefined;
    if (this.clicked.length < this.count - 1) {
      this.clicked = [...this.clicked, at];
      return this.changed();
    }
    const rect = this.extent(at);
    if (this.drawing.isMeant(rect, slop)) return this.shapes.complete({ id: this.id, label: this.shapes.labels.active, ...rect });
    this.refusal = 'that would be too thin';
    this.shapes.notify();
  }

  private extent(next: Point | undefined): Rect {
    return boundsOf(next ? [...this.clicked, next] : this.clicked);
  }

  private changed(): void {
    this.refusal = '';
    this.show();
    this.shapes.notify('items');
  }
}
