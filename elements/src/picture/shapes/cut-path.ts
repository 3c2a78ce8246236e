/** Cuts paths at the edges of the picture. Knows no DOM. */
import type { Point, Size } from '../../base/geometry.ts';
import type { PathRule } from './path.ts';
import { cutSegment, segmentsOf } from './segments.ts';

const round = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

const isIn = ({ x, y }: Point, { width, height }: Size): boolean => x >= 0 && y >= 0 && x <= width && y <= height;

/** Whole pixels, without vertices that follow one at the same place. */
function tidied(points: readonly Point[], isClosed: boolean): Point[] {
  const vertices = points.map(round).filter(({ x, y }, index, all) => {
    const before = index > 0 ? all[index - 1] : isClosed ? all.at(-1) : undefined;
    return before === undefined || before.x !== x || before.y !== y;
  });
  return vertices;
}

/** What a line shows of itself in the picture; where it leaves and comes back, straight on from one place to the other. */
const cutOpen = (vertices: readonly Point[], picture: Size): Point[] =>
  segmentsOf(vertices, false).flatMap((segment) => cutSegment(segment, picture) ?? []);

type Border = { readonly isIn: (point: Point) => boolean; readonly at: (a: Point, b: Point) => Point };

const column = (x: number, sign: number): Border => ({
  isIn: (point) => (point.x - x) * sign >= 0,
  at: (a, b) => ({ x, y: a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x) }),
});

const row = (y: number, sign: number): Border => ({
  isIn: (point) => (point.y - y) * sign >= 0,
  at: (a, b) => ({ x: a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y), y }),
});

/** The area of a polygon that lies in the picture, cut border by border (Sutherland and Hodgman). */
function cutClosed(vertices: readonly Point[], { width, height }: Size): Point[] {
  let rest = [...vertices];
  for (const border of [column(0, 1), column(width, -1), row(0, 1), row(height, -1)]) {
    rest = rest.flatMap((vertex, index) => {
      const before = rest.at(index - 1) as Point;
      const cut = border.isIn(before) === border.isIn(vertex) ? [] : [border.at(before, vertex)];
      return border.isIn(vertex) ? [...cut, vertex] : cut;
    });
  }
  return rest;
}

/** The vertices of the part in the picture: the same list where that is all of it, undefined where too little is left of it. */
export function cutPath(vertices: readonly Point[], { isClosed, fewest }: PathRule, picture: Size): readonly Point[] | undefined {
  if (vertices.map(round).every((vertex) => isIn(vertex, picture))) return vertices;
  const rest = tidied(isClosed ? cutClosed(vertices, picture) : cutOpen(vertices, picture), isClosed);
  return rest.length >= fewest ? rest : undefined;
}
