/** Boxes, as the annotation surface knows them. */
import type { Annotations } from '../annotation/model/annotations.ts';
import { cutRect, moveRect, sameRect, snapRect, type Point, type Rect, type Size } from '../annotation/model/geometry.ts';
import { percentage } from '../annotation/model/labels.ts';
import { readNumber, readScore, readText } from '../annotation/json-attributes.ts';
import type { Gesture, Hover, Press, ShapeKind } from '../annotation/shape-kind.ts';
import type { Json } from '../frame/protocol.ts';
import { written, type Box } from './box.ts';
import { BoxGestures } from './gestures.ts';
import { paintBox } from './paint.ts';

export class BoxKind implements ShapeKind<Box> {
  readonly singular = 'box';
  readonly plural = 'boxes';
  readonly answerKey = 'boundingBoxes';
  readonly write = written;
  readonly paint = paintBox;
  private readonly gestures = new BoxGestures();

  read(item: { [key: string]: Json }, id: number): Box {
    return {
      id,
      label: readText(item, 'label'),
      left: readNumber(item, 'left'),
      top: readNumber(item, 'top'),
      width: readNumber(item, 'width'),
      height: readNumber(item, 'height'),
      ...readScore(item),
    };
  }

  same(a: Box, b: Box): boolean {
    return a.label === b.label && sameRect(a, b);
  }

  bounds(box: Box): Rect {
    return box;
  }

  within(box: Box, picture: Size): Box | undefined {
    const rect = cutRect(box, picture);
    return rect === box || rect === undefined ? rect && box : { ...box, ...rect };
  }

  move(box: Box, dx: number, dy: number, picture: Size): Box {
    return { ...box, ...moveRect(box, dx, dy, picture) };
  }

  grow(box: Box, dx: number, dy: number, picture: Size): Box {
    return { ...box, ...snapRect({ ...box, width: Math.max(box.width + dx, 1), height: Math.max(box.height + dy, 1) }, picture) };
  }

  insert(id: number, label: string, seen: Rect, picture: Size): Box {
    const part = snapRect(seen, picture);
    const rect = { left: part.left + (part.width * 3) / 8, top: part.top + (part.height * 3) / 8, width: part.width / 4, height: part.height / 4 };
    return { id, label, ...snapRect(rect, picture) };
  }

  press(press: Press, boxes: Annotations<Box>, picture: Size): Gesture | undefined {
    return this.gestures.press(press, boxes, picture);
  }

  hover(point: Point, reach: number, boxes: Annotations<Box>): Hover {
    return this.gestures.hover(point, reach, boxes);
  }

  describe({ label, left, top, width, height, score }: Box): string {
    const numbers = [width, height, left, top].map(Math.round);
    return `${label}${score === undefined ? '' : ` ${percentage(score)}`}, ${numbers[0]} × ${numbers[1]} at ${numbers[2]}, ${numbers[3]}`;
  }
}
