/**
 * Labelled paths: polygons, whose last vertex is joined to the first, and lines, whose ends are free. Knows no DOM.
 *
 * A vertex lies on a corner of pixels, from 0 to the width and height of the picture, as the sides of boxes do.
 */
import { area, clamp, distance, snap, type Point, type Rect, type Side, type Size } from '../../base/geometry.ts';
import { cutPath } from './cut-path.ts';
import { gripAt, vertexGrips, type Grip } from './handle-places.ts';
import { along, crossesItself, distanceTo, segmentsOf, type Segment } from './segments.ts';
import type { Geometry, Handle, Shape } from './shape.ts';

export type Path = Shape & { readonly vertices: readonly Point[] };

/** What makes a path one of its kind. */
export type PathRule = {
  readonly isClosed: boolean;
  /** How many vertices it has at least and at most. */
  readonly fewest: number;
  readonly most: number;
  /** Its edges may meet each other. */
  readonly mayCross: boolean;
};

const same = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

export function boundsOf(vertices: readonly Point[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of vertices) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Is the point inside the polygon? Where its edges cross, what they surround an even number of times is outside. */
export function isInside(vertices: readonly Point[], { x, y }: Point): boolean {
  const crossed = segmentsOf(vertices, true).filter(([a, b]) => a.y > y !== b.y > y && x < a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y));
  return crossed.length % 2 === 1;
}

/** Handles are named after what they hold, by position: `vertex 0`, and `edge 0` for the one that starts there. */
const positionOf = ({ name }: Handle): number => Number(name.split(' ')[1]);

const vertexHandle = (point: Point, index: number): Handle => ({ name: `vertex ${index}`, words: `vertex ${index + 1}`, point, cursor: 'move', isVertex: true });

const edgeHandle = (edge: Segment, index: number): Handle => ({
  name: `edge ${index}`,
  words: `edge ${index + 1}`,
  point: along(edge, 1 / 2), cursor: 'copy',
});

/** Edges shorter than this on screen have no handle in their middle: it would lie upon their ends. */
const LONG_ENOUGH = 28;
const EDGE_HANDLE = 6;

export class PathGeometry implements Geometry<Path> {
  readonly outside = 'outside the picture';
  readonly handleNoun = 'vertex';

  constructor(readonly rule: PathRule) {}

  same(a: Path, b: Path): boolean {
    return a.label === b.label && a.vertices.length === b.vertices.length && a.vertices.every((vertex, index) => same(vertex, b.vertices[index] as Point));
  }

  bounds({ vertices }: Path): Rect {
    return boundsOf(vertices);
  }

  within(path: Path, picture: Size): Path | undefined {
    const vertices = cutPath(path.vertices, this.rule, picture);
    return vertices === path.vertices || vertices === undefined ? vertices && path : { ...path, vertices };
  }

  contains(path: Path, point: Point, reach: number): boolean {
    return this.touches(path, point, reach) || (this.rule.isClosed && isInside(path.vertices, point));
  }

  touches({ vertices }: Path, point: Point, reach: number): boolean {
    return segmentsOf(vertices, this.rule.isClosed).some((segment) => distanceTo(segment, point) <= reach);
  }

  rank(path: Path, point: Point): number {
    if (this.rule.isClosed) return area(this.bounds(path));
    return Math.min(...segmentsOf(path.vertices, false).map((segment) => distanceTo(segment, point)));
  }

  handles({ vertices }: Path): Handle[] {
    return vertices.map(vertexHandle);
  }

  edgeHandles({ vertices }: Path, shortest: number): Handle[] {
    if (vertices.length >= this.rule.most) return [];
    return segmentsOf(vertices, this.rule.isClosed).flatMap((edge, index) => (distance(...edge) >= shortest ? edgeHandle(edge, index) : []));
  }

  grips(path: Path, scale: number): Grip[] {
    const edges = this.edgeHandles(path, LONG_ENOUGH / scale).map((edge) => ({ handle: edge, at: edge.point, size: EDGE_HANDLE, adds: true }));
    return [...vertexGrips(this.handles(path), this.bounds(path), scale), ...edges];
  }

  handleAt(path: Path, point: Point, reach: number, scale: number): Handle | undefined {
    return gripAt(this.grips(path, scale), this.bounds(path), point, reach, scale)?.handle;
  }

  /** The path with a vertex at the point; undefined where its edges would cross and did not before. */
  moveHandle(path: Path, handle: Handle, to: Point, picture: Size): Path | undefined {
    const at = positionOf(handle);
    const vertices = handle.isVertex
      ? path.vertices.with(at, snap(to, picture))
      : path.vertices.toSpliced(at + 1, 0, snap(to, picture));
    return this.allows(vertices, path.vertices) ? { ...path, vertices } : undefined;
  }

  without(path: Path, name: string): Path | undefined {
    const vertices = path.vertices.filter((_, index) => name !== `vertex ${index}`);
    const isAllowed = vertices.length >= this.rule.fewest && vertices.length < path.vertices.length && this.allows(vertices, path.vertices);
    return isAllowed ? { ...path, vertices } : undefined;
  }

  split(path: Path, name: string): { shape: Path; name: string } | undefined {
    const at = this.handles(path).findIndex((handle) => handle.name === name);
    // Past the free end of a line the edge before it is the nearest.
    const edges = this.edgeHandles(path, 0);
    const edge = edges[at] ?? edges[at - 1];
    if (at === -1 || edge === undefined) return undefined;
    const index = positionOf(edge) + 1;
    const vertices = path.vertices.toSpliced(index, 0, { x: Math.round(edge.point.x), y: Math.round(edge.point.y) });
    return { shape: { ...path, vertices }, name: `vertex ${index}` };
  }

  move(path: Path, dx: number, dy: number, { width, height }: Size): Path {
    const { left, top, width: across, height: down } = boundsOf(path.vertices);
    const [byX, byY] = [clamp(dx, -left, width - left - across), clamp(dy, -top, height - top - down)].map(Math.round) as [number, number];
    return { ...path, vertices: path.vertices.map(({ x, y }) => ({ x: x + byX, y: y + byY })) };
  }

  /** Moves the vertices that reach farthest to that side; what has no extent that way has no side to move. */
  moveSide(path: Path, side: Side, by: number, picture: Size): Path | undefined {
    const { left, top, width, height } = boundsOf(path.vertices);
    const [axis, start, length, end] = side === 'left' || side === 'right' ? (['x', left, width, picture.width] as const) : (['y', top, height, picture.height] as const);
    if (length === 0) return undefined;
    const isBefore = side === 'left' || side === 'top';
    const from = isBefore ? start : start + length;
    const to = Math.round(isBefore ? clamp(from + by, 0, start + length) : clamp(from + by, start, end));
    const vertices = path.vertices.map((vertex) => (vertex[axis] === from ? { ...vertex, [axis]: to } : vertex));
    return this.allows(vertices, path.vertices) ? { ...path, vertices } : undefined;
  }

  /** May the edges lie so, given how they lay before? */
  allows(vertices: readonly Point[], before: readonly Point[] = []): boolean {
    const { mayCross, isClosed } = this.rule;
    return mayCross || !crossesItself(vertices, isClosed) || crossesItself(before, isClosed);
  }
}
