import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../../base/geometry.ts';
import { LINES } from '../../crowd-line/lines.ts';
import { POLYGONS } from '../../crowd-polygon/polygons.ts';
import { POLYLINES } from '../../crowd-polyline/polylines.ts';
import { Editor, picture } from '../editor.testing.ts';
import type { ShapeKind } from '../shape-kind.ts';
import type { Path } from '../shapes/path.ts';

const at = (x: number, y: number): Point => ({ x, y });

/** Somebody who has clicked at these points. */
function clicked(kind: ShapeKind<Path>, ...points: Point[]): Editor<Path> {
  const worker = new Editor(kind, []);
  for (const point of points) worker.click(point);
  return worker;
}

const drawn = ({ shapes }: Editor<Path>): number[][][] => shapes.items.map(({ vertices }) => vertices.map(({ x, y }) => [x, y]));

const CORNERS = [at(10, 10), at(60, 10), at(60, 60)] as const;

test('clicks put the vertices of a polygon, and one on the first closes it', () => {
  const worker = clicked(POLYGONS, ...CORNERS);
  assert.deepEqual(drawn(worker), []);
  worker.click(at(12, 11));
  assert.deepEqual(drawn(worker), [[[10, 10], [60, 10], [60, 60]]]);
  assert.equal(worker.shapes.selected, worker.shapes.items[0]);
});

test('a double click on the last vertex finishes, Enter too', () => {
  const polyline = clicked(POLYLINES, ...CORNERS);
  polyline.click(CORNERS[2]);
  assert.deepEqual(drawn(polyline).map((vertices) => vertices.length), [3]);
  const polygon = clicked(POLYGONS, ...CORNERS);
  polygon.shapes.unfinished?.finish?.();
  assert.deepEqual(drawn(polygon).map((vertices) => vertices.length), [3]);
});

test('the second point finishes a line; a drag draws it at once', () => {
  const worker = clicked(LINES, at(10, 10), at(30, 20));
  worker.drag(at(100, 10), at(150, 60));
  assert.deepEqual(drawn(worker), [[[10, 10], [30, 20]], [[100, 10], [150, 60]]]);
});

test('too few vertices do not finish, and are told', () => {
  const worker = clicked(POLYGONS, at(10, 10), at(60, 10));
  worker.shapes.unfinished?.finish?.();
  assert.match(worker.shapes.unfinished?.words ?? '', /polygon with 2 vertices: it needs 3/);
});

test('an edge that would cross another one is refused', () => {
  const worker = clicked(POLYGONS, at(10, 10), at(60, 10), at(60, 60), at(30, 0));
  assert.equal(worker.shapes.unfinished?.vertices.length, 3);
  assert.match(worker.shapes.unfinished?.words ?? '', /edges may not cross/);
  worker.click(at(10, 60));
  worker.shapes.unfinished?.finish?.();
  assert.equal(drawn(worker)[0]?.length, 4);
});

test('an edge that would cross another one in closing keeps the polygon open', () => {
  const worker = clicked(POLYGONS, at(0, 0), at(100, 0), at(100, 90), at(30, 90), at(30, 20), at(50, 50));
  worker.shapes.unfinished?.finish?.();
  assert.deepEqual(drawn(worker), []);
  assert.match(worker.shapes.unfinished?.words ?? '', /the edge that closes it would cross/);
});

test('undo takes vertices back one by one, redo puts them again, and nothing else is undone', () => {
  const worker = clicked(POLYLINES, at(100, 10), at(130, 20));
  worker.shapes.unfinished?.finish?.();
  for (const point of CORNERS) worker.click(point);
  worker.shapes.undo();
  worker.shapes.undo();
  worker.shapes.redo();
  assert.deepEqual(worker.shapes.unfinished?.vertices.length, 2);
  worker.shapes.removeSelected();
  worker.shapes.undo();
  assert.equal(worker.shapes.unfinished, undefined);
  assert.equal(drawn(worker).length, 1);
});

test('keys alone draw', () => {
  const worker = new Editor(POLYGONS, []);
  const put = (): void => POLYGONS.drawing.insert({ left: 0, top: 0, width: 100, height: 100 }, worker.shapes, picture);
  put();
  worker.shapes.unfinished?.nudge?.(20, 0, picture);
  put();
  worker.shapes.unfinished?.nudge?.(0, 20, picture);
  worker.shapes.unfinished?.finish?.();
  assert.deepEqual(drawn(worker), [[[50, 50], [70, 50], [70, 70]]]);
});

test('a polygon can begin inside another one, whose border selects it', () => {
  const worker = new Editor(POLYGONS, [{ id: 1, vertices: [at(10, 10), at(110, 10), at(110, 90), at(10, 90)] }]);
  worker.click(at(50, 50));
  assert.equal(worker.shapes.unfinished?.vertices.length, 1);
  worker.shapes.undo();
  worker.click(at(60, 10));
  assert.equal(worker.shapes.selected?.id, 1);
});

test('in selection mode a click inside selects, and a drag moves', () => {
  const worker = new Editor(POLYGONS, [{ id: 1, vertices: [at(10, 10), at(60, 10), at(60, 60)] }]);
  worker.shapes.mode = 'select';
  worker.click(at(50, 20));
  worker.drag(at(50, 20), at(55, 22));
  assert.deepEqual(drawn(worker), [[[15, 12], [65, 12], [65, 62]]]);
});

test('a click chooses a vertex, which then goes alone; a dragged one stays where it may be', () => {
  const worker = new Editor(POLYGONS, [{ id: 1, vertices: [at(10, 10), at(60, 10), at(60, 60), at(10, 60)] }]);
  worker.click(at(35, 10));
  worker.drag(at(60, 60), at(0, 30));
  assert.deepEqual(drawn(worker)[0]?.[2], [60, 60]);
  worker.click(at(60, 60));
  assert.equal(worker.shapes.chosenHandle, 'vertex 2');
  worker.shapes.removeSelected();
  assert.deepEqual(drawn(worker), [[[10, 10], [60, 10], [10, 60]]]);
});

test('an unfinished polygon is in the draft and goes on from there', () => {
  const saved = clicked(POLYGONS, ...CORNERS).shapes.save();
  const worker = new Editor(POLYGONS, []);
  worker.shapes.restore(JSON.parse(JSON.stringify(saved)));
  worker.click(at(11, 11));
  assert.deepEqual(drawn(worker), [[[10, 10], [60, 10], [60, 60]]]);
});

test('a reset lets go of what is being drawn', () => {
  const worker = clicked(POLYGONS, ...CORNERS);
  worker.shapes.reset();
  assert.deepEqual([worker.shapes.unfinished, worker.shapes.preview], [undefined, undefined]);
});

test('without labels nothing is drawn', () => {
  const worker = new Editor(POLYGONS, []);
  worker.shapes.labels.names = [];
  worker.click(at(10, 10));
  assert.equal(worker.shapes.unfinished, undefined);
});

test('a path that is taken back while the pointer is down leaves nothing behind', () => {
  for (const kind of [POLYGONS, POLYLINES, LINES]) {
    const worker = new Editor(kind, []);
    const gesture = worker.press(at(10, 10));
    gesture?.move(at(40, 40));
    worker.shapes.undo();
    gesture?.move(at(50, 40));
    gesture?.end();
    assert.deepEqual([worker.shapes.unfinished, worker.shapes.preview, worker.shapes.count], [undefined, undefined, 0]);
  }
});
