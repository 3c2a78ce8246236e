import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point, Side } from '../../base/geometry.ts';
import { LINES } from '../../crowd-line/lines.ts';
import { POLYGONS } from '../../crowd-polygon/polygons.ts';
import { POLYLINES } from '../../crowd-polyline/polylines.ts';
import type { ShapeKind } from '../shape-kind.ts';
import { isInside, type Path } from './path.ts';

const picture = { width: 100, height: 50 };
const points = (...pairs: [number, number][]): Point[] => pairs.map(([x, y]) => ({ x, y }));
const path = (...pairs: [number, number][]): Path => ({ id: 1, label: 'roof', vertices: points(...pairs) });
const pairs = (shape: Path | undefined): [number, number][] | undefined => shape?.vertices.map(({ x, y }) => [x, y]);

/** The path after its handle of this name was dragged to a point. */
function dragged({ geometry }: ShapeKind<Path>, shape: Path, name: string, to: Point): [number, number][] | undefined {
  const handle = [...geometry.handles(shape), ...(geometry.edgeHandles?.(shape, 0) ?? [])].find((candidate) => candidate.name === name);
  assert.ok(handle);
  return pairs(geometry.moveHandle(shape, handle, to, picture));
}

const SQUARE = path([10, 10], [40, 10], [40, 40], [10, 40]);

test('a polygon lies where it is and on its border, a line only on its edges', () => {
  const inside = { x: 25, y: 25 };
  assert.deepEqual([POLYGONS.geometry.contains(SQUARE, inside, 3), POLYLINES.geometry.contains(SQUARE, inside, 3)], [true, false]);
  const onLastEdge = { x: 8, y: 25 };
  assert.deepEqual([POLYGONS.geometry.touches?.(SQUARE, onLastEdge, 3), POLYLINES.geometry.contains(SQUARE, onLastEdge, 3)], [true, false]);
  assert.equal(POLYGONS.geometry.touches?.(SQUARE, inside, 3), false);
});

test('the notch of a polygon is outside of it', () => {
  const notched = points([0, 0], [30, 0], [30, 30], [15, 5], [0, 30]);
  assert.deepEqual([isInside(notched, { x: 15, y: 20 }), isInside(notched, { x: 3, y: 20 }), isInside(notched, { x: 15, y: 3 })], [false, true, true]);
});

test('a vertex follows the pointer by whole pixels and stays in the picture', () => {
  assert.deepEqual(dragged(POLYGONS, SQUARE, 'vertex 2', { x: 60.4, y: 70 }), [[10, 10], [40, 10], [60, 50], [10, 40]]);
});

test('a vertex does not go where edges of a polygon would cross, those of a polyline may', () => {
  assert.equal(dragged(POLYGONS, SQUARE, 'vertex 2', { x: 0, y: 20 }), undefined);
  assert.deepEqual(dragged(POLYLINES, SQUARE, 'vertex 2', { x: 0, y: 20 })?.[2], [0, 20]);
});

test('a polygon that was given with crossing edges can be mended step by step', () => {
  const knot = path([10, 10], [40, 40], [40, 10], [10, 40], [5, 45]);
  assert.deepEqual(dragged(POLYGONS, knot, 'vertex 4', { x: 6, y: 45 })?.[4], [6, 45]);
});

test('the middle of an edge draws out a vertex after it, also of the edge that closes a polygon', () => {
  assert.deepEqual(dragged(POLYGONS, SQUARE, 'edge 0', { x: 25, y: 5 }), [[10, 10], [25, 5], [40, 10], [40, 40], [10, 40]]);
  assert.deepEqual(dragged(POLYGONS, SQUARE, 'edge 3', { x: 5, y: 25 })?.at(-1), [5, 25]);
  assert.deepEqual(POLYLINES.geometry.edgeHandles?.(SQUARE, 0).length, 3);
});

test('a line of two points has no edge that could get another one', () => {
  const line = path([0, 0], [50, 0]);
  assert.deepEqual(LINES.geometry.edgeHandles?.(line, 0), []);
  assert.equal(LINES.geometry.split?.(line, 'vertex 0'), undefined);
});

test('short edges have no handle to get hold of', () => {
  assert.equal(POLYGONS.geometry.handleAt(SQUARE, { x: 25, y: 10 }, 5, 2)?.name, 'edge 0');
  assert.equal(POLYGONS.geometry.handleAt(SQUARE, { x: 25, y: 10 }, 5, 1)?.name, 'edge 0');
  assert.equal(POLYGONS.geometry.handleAt(SQUARE, { x: 25, y: 10 }, 8, 0.9), undefined);
});

test('of two vertices within reach the nearer one is meant', () => {
  assert.equal(POLYGONS.geometry.handleAt(path([0, 0], [4, 0], [4, 60]), { x: 3, y: 0 }, 6, 1)?.name, 'vertex 1');
});

test('a vertex can go as long as enough are left', () => {
  const { without } = POLYGONS.geometry;
  const triangle = without?.call(POLYGONS.geometry, SQUARE, 'vertex 1') as Path;
  assert.deepEqual(pairs(triangle), [[10, 10], [40, 40], [10, 40]]);
  assert.equal(without?.call(POLYGONS.geometry, triangle, 'vertex 0'), undefined);
});

test('a vertex is added after the chosen one, at the free end of a line before it', () => {
  const line = path([0, 0], [10, 0], [10, 20]);
  const after = (name: string): unknown => {
    const split = POLYLINES.geometry.split?.(line, name);
    return split && [pairs(split.shape), split.name];
  };
  assert.deepEqual(after('vertex 0'), [[[0, 0], [5, 0], [10, 0], [10, 20]], 'vertex 1']);
  assert.deepEqual(after('vertex 2'), [[[0, 0], [10, 0], [10, 10], [10, 20]], 'vertex 2']);
});

test('a path moves as a whole and stops at the border, fractions kept', () => {
  assert.deepEqual(pairs(POLYGONS.geometry.move(path([10.5, 10], [40, 10], [40, 40]), 100, -100, picture)), [[70.5, 0], [100, 0], [100, 30]]);
});

test('a path in the picture is as it was given', () => {
  const inside = path([0, 0], [100.4, 0], [50.2, 50]);
  assert.equal(POLYGONS.geometry.within(inside, picture), inside);
});

test('a polygon over the edge is cut to its area in the picture', () => {
  assert.deepEqual(pairs(POLYGONS.geometry.within(path([90, 10], [120, 10], [120, 30], [90, 30]), picture)), [[90, 10], [100, 10], [100, 30], [90, 30]]);
  assert.equal(POLYGONS.geometry.within(path([120, 10], [130, 10], [120, 30]), picture), undefined);
});

test('a polygon around the picture becomes the picture', () => {
  const around = POLYGONS.geometry.within(path([-10, -10], [110, -10], [110, 60], [-10, 60]), picture);
  assert.deepEqual(new Set(pairs(around)?.map(String)), new Set(['0,0', '100,0', '100,50', '0,50']));
});

test('a line over the edge ends there, and goes on where it comes back', () => {
  assert.deepEqual(pairs(LINES.geometry.within(path([50, 25], [150, 25]), picture)), [[50, 25], [100, 25]]);
  assert.deepEqual(pairs(POLYLINES.geometry.within(path([50, 10], [150, 10], [150, 30], [50, 30]), picture)), [[50, 10], [100, 10], [100, 30], [50, 30]]);
  assert.equal(LINES.geometry.within(path([150, 10], [150, 30]), picture), undefined);
});

test('what is read is a list of vertices, as many as the kind has', () => {
  const read = (kind: ShapeKind<Path>, vertices: unknown): [number, number][] | undefined => pairs(kind.read({ label: 'roof', vertices: vertices as never }, 1));
  assert.deepEqual(read(LINES, [{ x: '1', y: 2 }, { x: 3, y: 4, z: 5 }]), [[1, 2], [3, 4]]);
  assert.throws(() => read(LINES, [{ x: 1, y: 2 }, { x: 3, y: 4 }, { x: 5, y: 6 }]), /must be 2, but there are 3/);
  assert.throws(() => read(POLYGONS, [{ x: 1, y: 2 }, { x: 3, y: 4 }]), /must be at least 3, but there are 2/);
  assert.throws(() => read(POLYLINES, 'none'), /must be a list/);
  assert.throws(() => read(POLYLINES, [{ x: 1, y: 2 }, 7]), /but it is 7/);
});

test('an answer holds whole numbers under keys in alphabetical order', () => {
  assert.equal(JSON.stringify(LINES.write(path([1.5, 2.4], [3, 4]))), '{"label":"roof","vertices":[{"x":2,"y":2},{"x":3,"y":4}]}');
});

test('where a path lies is said in words', () => {
  assert.equal(LINES.describe(path([1, 2], [3, 4])), 'roof, from 1, 2 to 3, 4');
  assert.equal(POLYGONS.describe({ ...SQUARE, score: 0.5 }), 'roof 50%, 4 vertices, 30 × 30 at 10, 10');
});

test('the vertices that reach farthest to a side move together, and no others', () => {
  const side = (kind: ShapeKind<Path>, shape: Path, name: Side, by: number): [number, number][] | undefined =>
    pairs(kind.geometry.moveSide?.(shape, name, by, picture));
  assert.deepEqual(side(POLYGONS, SQUARE, 'left', -3), [[7, 10], [40, 10], [40, 40], [7, 40]]);
  assert.deepEqual(side(POLYGONS, SQUARE, 'bottom', 99), [[10, 10], [40, 10], [40, 50], [10, 50]]);
  assert.deepEqual(side(POLYLINES, path([10, 10], [30, 20], [20, 40]), 'right', -4), [[10, 10], [26, 20], [20, 40]]);
  assert.deepEqual(side(LINES, path([10, 10], [30, 20]), 'right', -99), [[10, 10], [10, 20]], 'no farther than the opposite side');
  assert.equal(side(LINES, path([10, 10], [10, 40]), 'right', 5), undefined, 'an upright line has no sides');
});
