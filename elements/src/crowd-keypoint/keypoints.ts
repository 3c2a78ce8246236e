/** The points of `crowd-keypoint`: how they are read, answered, drawn and described. */
import { centre } from '../base/geometry.ts';
import { readNumber, readScore, readText } from '../base/json-attributes.ts';
import { percentage } from '../labels/labels.ts';
import { Stroke } from '../picture/drawing/drawing.ts';
import type { ShapeKind } from '../picture/shape-kind.ts';
import { POINT_FIGURE } from '../picture/shapes/figures.ts';
import { pixelAt, POINT, type Keypoint } from '../picture/shapes/point.ts';

const where = ({ x, y }: Keypoint): string => `at ${Math.round(x)}, ${Math.round(y)}`;

export const KEYPOINTS: ShapeKind<Keypoint> = {
  noun: { singular: 'keypoint', plural: 'keypoints' },
  icon: 'drawPoint',
  answerKey: 'keypoints',
  geometry: POINT,
  drawing: new Stroke<Keypoint>({
    singular: 'keypoint',
    byClick: true,
    place: (_, to, picture) => pixelAt(to, picture),
    middle: (seen, picture) => pixelAt(centre(seen), picture),
  }),
  figure: POINT_FIGURE,

  read: (item, id) => ({ id, label: readText(item, 'label'), x: readNumber(item, 'x'), y: readNumber(item, 'y'), ...readScore(item) }),

  /** Whole numbers, keys in alphabetical order. */
  write: ({ label, x, y }) => ({ label, x: Math.round(x), y: Math.round(y) }),

  describe: (point) => `${point.label}${point.score === undefined ? '' : ` ${percentage(point.score)}`}, ${where(point)}`,
  where,
};
