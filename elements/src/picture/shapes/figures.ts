/** The looks of boxes, points and paths. */
import type { Point, Rect } from '../../base/geometry.ts';
import { rectToScreen, toScreen, type Viewport } from '../view/viewport.ts';
import type { Box } from './box.ts';
import type { Figure, TagPlace } from './figure.ts';
import type { Path } from './path.ts';
import { middleOf, type Keypoint } from './point.ts';

/** A tag beside a high box stands at its upper end. */
const UPPER_END = 9;

export const BOX_FIGURE: Figure<Box> = {
  inside: 'area',
  margin: 4,
  weight: () => 4,
  outline(path, box, view, { outset }) {
    const { left, top, width, height } = rectToScreen(view, box);
    path.rect(left - outset, top - outset, width + 2 * outset, height + 2 * outset);
  },
  tagPlace(box, view) {
    const bounds = rectToScreen(view, box);
    const middle = bounds.left + bounds.width / 2;
    const beside = bounds.top + Math.min(bounds.height / 2, UPPER_END);
    return { bounds, above: middle, below: middle, left: beside, right: beside, hasInside: true };
  },
};

const RADIUS = 5;

/** A disc about the pixel that it names. */
export const POINT_FIGURE: Figure<Keypoint> = {
  inside: 'disc',
  margin: RADIUS + 2,
  weight: () => 8,
  outline(path, point, view) {
    const { x, y } = toScreen(view, middleOf(point));
    path.moveTo(x + RADIUS, y);
    path.arc(x, y, RADIUS, 0, 2 * Math.PI);
  },
  tagPlace: (point, view) => placeAbout([middleOf(point)], view, RADIUS, false),
};

/** The place of tags about vertices, each so large on screen: where the outermost ones are, as the middle of the bounds may lie far from any line. */
export function placeAbout(vertices: readonly Point[], { scale, x, y }: Viewport, radius: number, hasInside: boolean): TagPlace {
  const first = vertices[0] ?? { x: 0, y: 0 };
  let [highest, lowest, leftmost, rightmost] = [first, first, first, first];
  for (const vertex of vertices) {
    if (vertex.y < highest.y) highest = vertex;
    if (vertex.y > lowest.y) lowest = vertex;
    if (vertex.x < leftmost.x) leftmost = vertex;
    if (vertex.x > rightmost.x) rightmost = vertex;
  }
  const [left, top] = [leftmost.x * scale + x - radius, highest.y * scale + y - radius];
  const [right, bottom] = [rightmost.x * scale + x + radius, lowest.y * scale + y + radius];
  const bounds: Rect = { left, top, width: right - left, height: bottom - top };
  return { bounds, above: highest.x * scale + x, below: lowest.x * scale + x, left: leftmost.y * scale + y, right: rightmost.y * scale + y, hasInside };
}

export const pathFigure = (isClosed: boolean): Figure<Path> => ({
  inside: isClosed ? 'area' : 'nothing',
  margin: 4,
  weight: ({ vertices }) => vertices.length,
  outline(path, { vertices }, { scale, x, y }, { isUnfinished }) {
    vertices.forEach((vertex, index) => {
      const [right, down] = [vertex.x * scale + x, vertex.y * scale + y];
      if (index === 0) path.moveTo(right, down);
      else path.lineTo(right, down);
    });
    if (isClosed && !isUnfinished) path.closePath();
  },
  tagPlace: ({ vertices }, view) => placeAbout(vertices, view, 0, isClosed),
});
