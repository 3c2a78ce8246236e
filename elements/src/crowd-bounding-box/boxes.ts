/** The boxes of `crowd-bounding-box`: how they are read, answered, drawn and described. */
import { readNumber, readScore, readText } from '../base/json-attributes.ts';
import { percentage } from '../labels/labels.ts';
import { Stroke } from '../picture/drawing.ts';
import { between, snap } from '../picture/geometry.ts';
import type { ShapeKind } from '../picture/shape-kind.ts';
import { BOX, type Box } from '../picture/shapes/box.ts';
import { paintBox } from '../picture/shapes/paint-box.ts';

export const BOXES: ShapeKind<Box> = {
  noun: { singular: 'box', plural: 'boxes' },
  answerKey: 'boundingBoxes',
  geometry: BOX,
  drawing: new Stroke<Box>(
    false,
    (from, to, picture) => between(snap(from, picture), snap(to, picture)),
    ({ width, height }, smallest) => width >= smallest && height >= smallest,
  ),
  paint: paintBox,

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

  describe({ label, left, top, width, height, score }) {
    const numbers = [width, height, left, top].map(Math.round);
    return `${label}${score === undefined ? '' : ` ${percentage(score)}`}, ${numbers[0]} × ${numbers[1]} at ${numbers[2]}, ${numbers[3]}`;
  },
};
