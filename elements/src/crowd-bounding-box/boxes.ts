/** The boxes of `crowd-bounding-box`: how they are read, answered, drawn and described. */
import { readNumber, readScore, readText } from '../base/json-attributes.ts';
import { percentage } from '../labels/labels.ts';
import { BoxDrawing } from '../picture/drawing/box-drawing.ts';
import type { ShapeKind } from '../picture/shape-kind.ts';
import { BOX, type Box } from '../picture/shapes/box.ts';
import { BOX_FIGURE } from '../picture/shapes/figures.ts';

function where({ left, top, width, height }: Box): string {
  const numbers = [width, height, left, top].map(Math.round);
  return `${numbers[0]} × ${numbers[1]} at ${numbers[2]}, ${numbers[3]}`;
}

export const BOXES: ShapeKind<Box> = {
  noun: { singular: 'box', plural: 'boxes' },
  icon: 'draw',
  answerKey: 'boundingBoxes',
  geometry: BOX,
  drawing: new BoxDrawing(),
  figure: BOX_FIGURE,

  read: (item, id) => ({
    id,
    label: readText(item, 'label'),
    left: readNumber(item, 'left'),
    top: readNumber(item, 'top'),
    width: readNumber(item, 'width'),
    height: readNumber(item, 'height'),
    ...readScore(item),
  }),

  /** Whole numbers, keys in alphabetical order. */
  write: ({ height, label, left, top, width }) => ({
    height: Math.round(height),
    label,
    left: Math.round(left),
    top: Math.round(top),
    width: Math.round(width),
  }),

  describe: (box) => `${box.label}${box.score === undefined ? '' : ` ${percentage(box.score)}`}, ${where(box)}`,
  where,
  snaps: true,
};
