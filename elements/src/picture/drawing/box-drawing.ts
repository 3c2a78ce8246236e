/** The ways of boxes to be drawn: by a stroke at any time, and by clicks as the worker has chosen. Knows no DOM. */
import { between, snap, type Rect, type Size } from '../../base/geometry.ts';
import { ClickedBox } from './clicked-box.ts';
import { Stroke } from './drawing.ts';
import type { Press } from '../pointing/gestures.ts';
import { boxInMiddle, type Box } from '../shapes/box.ts';
import type { Shapes } from '../shapes.ts';

export class BoxDrawing extends Stroke<Box> {
  readonly ways = ['a drag, or two clicks on corners', 'four clicks on extremes'];
  override readonly effect =
    'Draw: a drag makes a box, and so do clicks on two opposite corners; pressed again, clicks on its four extremes (top, left, bottom, right) do';

  constructor() {
    super({
      singular: 'box',
      byClick: false,
      place: (from, to, picture) => between(snap(from, picture), snap(to, picture)),
      middle: boxInMiddle,
      isMeant: (box, smallest) => this.isMeant(box, smallest),
    });
  }

  click(press: Press, shapes: Shapes<Box>, picture: Size): void {
    shapes.begin(new ClickedBox(shapes, this, shapes.way === 0 ? 2 : 4, snap(press.point, picture)));
  }

  /** Is a box of this size meant? What is thinner on screen than a shaky click is not. */
  isMeant({ width, height }: Rect, smallest: number): boolean {
    return width >= Math.max(smallest, 1) && height >= Math.max(smallest, 1);
  }
}
