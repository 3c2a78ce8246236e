/** The looks of boxes, points and paths. */
import { rectToScreen, toScreen } from '../viewport.ts';
import type { Box } from './box.ts';
import type { Figure } from './figure.ts';
import { boundsOf, type Path } from './path.ts';
import { middleOf, type Keypoint } from './point.ts';

export const BOX_FIGURE: Figure<Box> = {
  inside: 'area',
  margin: 2,
  weight: () => 4,
  outline(path, box, view) {
    const { left, top, width, height } = rectToScreen(view, box);
    path.rect(left, top, width, height);
  },
  tagPlace(box, view) {
    const { left, top, width } = rectToScreen(view, box);
    return { at: { x: left + width / 2, y: top }, room: width };
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
  tagPlace(point, view) {
    const { x, y } = toScreen(view, middleOf(point));
    return { at: { x, y: y - RADIUS }, room: 2 * RADIUS };
  },
};

export const pathFigure = (isClosed: boolean): Figure<Path> => ({
  inside: isClosed ? 'area' : 'nothing',
  margin: 2,
  weight: ({ vertices }) => vertices.length,
  outline(path, { vertices }, { scale, x, y }, isUnfinished) {
    vertices.forEach((vertex, index) => {
      const [right, down] = [vertex.x * scale + x, vertex.y * scale + y];
      if (index === 0) path.moveTo(right, down);
      else path.lineTo(right, down);
    });
    if (isClosed && !isUnfinished) path.closePath();
  },
  /** Above the highest vertex: the middle of the bounds may lie far from any line. */
  tagPlace({ vertices }, view) {
    const top = vertices.reduce((highest, vertex) => (vertex.y < highest.y ? vertex : highest));
    return { at: toScreen(view, top), room: boundsOf(vertices).width * view.scale };
  },
});
