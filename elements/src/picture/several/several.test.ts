import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOXES } from '../../crowd-bounding-box/boxes.ts';
import { KEYPOINTS } from '../../crowd-keypoint/keypoints.ts';
import { POLYGONS } from '../../crowd-polygon/polygons.ts';
import { Editor, picture } from '../editor.testing.ts';
import { BOX, type Box } from '../shapes/box.ts';
import { POINT } from '../shapes/point.ts';
import { around, together } from './several.ts';

function editor(...initial: Omit<Box, 'label'>[]): Editor<Box> {
  const worker = new Editor(BOXES, initial);
  worker.shapes.mode = 'select';
  return worker;
}

const box = (id: number, left: number, top: number, width = 20, height = 20): Omit<Box, 'label'> => ({ id, left, top, width, height });
const lefts = ({ shapes }: Editor<Box>): number[] => shapes.items.map(({ left }) => left);
const selected = ({ shapes }: { shapes: Editor<Box>['shapes'] }): number[] => shapes.selectedItems.map(({ id }) => id);

test('a click with Shift adds a shape to what is selected, or takes it away; one on nothing changes nothing', () => {
  const worker = editor(box(1, 0, 0), box(2, 50, 0), box(3, 100, 0));
  worker.click({ x: 10, y: 10 });
  worker.shiftClick({ x: 60, y: 10 });
  assert.deepEqual(selected(worker), [1, 2]);
  worker.shiftClick({ x: 150, y: 80 });
  assert.deepEqual(selected(worker), [1, 2]);
  worker.shiftClick({ x: 10, y: 10 });
  assert.deepEqual(selected(worker), [2]);
});

test('with Shift a drag still draws where another shape lies, and anywhere while drawing', () => {
  for (const mode of ['draw', 'select'] as const) {
    const worker = editor(box(1, 0, 0, 50, 50));
    worker.shapes.mode = mode;
    worker.drag({ x: 10, y: 10 }, { x: 30, y: 40 }, { force: true });
    assert.deepEqual(lefts(worker), [0, 10]);
  }
  const worker = editor(box(1, 0, 0));
  worker.shapes.mode = 'draw';
  worker.drag({ x: 100, y: 10 }, { x: 130, y: 40 }, { force: true });
  assert.deepEqual(lefts(worker), [0, 100]);
});

test('whoever checks predictions one by one draws what is missing with Shift, and collects nothing', () => {
  const worker = editor(box(11, 0, 0), box(12, 50, 0));
  const { shapes } = worker;
  shapes.verification.start([11, 12]);
  shapes.verification.begin();
  worker.drag({ x: 100, y: 10 }, { x: 130, y: 40 }, { force: true });
  assert.deepEqual(lefts(worker), [0, 50, 100]);
  worker.click({ x: 10, y: 10 });
  worker.shiftClick({ x: 60, y: 10 });
  assert.deepEqual(selected(worker), [12]);
  shapes.verification.stop();
  worker.shiftClick({ x: 10, y: 10 });
  assert.deepEqual(selected(worker), [11, 12]);
});

test('in select mode a drag with Shift from empty ground selects what lies in its rectangle, beside what is selected', () => {
  const worker = editor(box(1, 0, 0), box(2, 50, 0), box(3, 100, 0), box(4, 100, 50));
  worker.shapes.mode = 'select';
  worker.click({ x: 10, y: 10 });
  const gesture = worker.press({ x: 45, y: 95 }, { force: true });
  gesture?.move({ x: 130, y: 45 });
  assert.deepEqual(worker.shapes.band, { left: 45, top: 45, width: 85, height: 50 });
  gesture?.end();
  assert.deepEqual([selected(worker), worker.shapes.band], [[1, 4], undefined]);
  worker.drag({ x: 45, y: 30 }, { x: 115, y: 0 }, { force: true });
  assert.deepEqual(selected(worker), [1, 2, 4]);
  const given = worker.press({ x: 30, y: 90 }, { force: true });
  given?.move({ x: 199, y: 0 });
  given?.cancel();
  assert.deepEqual([selected(worker), worker.shapes.band], [[1, 2, 4], undefined]);
});

test('a drag of one of several moves all of them as far as the picture reaches, in one step', () => {
  const worker = editor(box(1, 10, 10), box(2, 150, 70), box(3, 60, 60));
  worker.shapes.selectSeveral([1, 2]);
  worker.drag({ x: 20, y: 20 }, { x: 80, y: 22 });
  assert.deepEqual(worker.shapes.items.map(({ left, top }) => [left, top]), [[40, 12], [180, 72], [60, 60]]);
  assert.deepEqual(selected(worker), [1, 2]);
  worker.shapes.undo();
  assert.deepEqual(lefts(worker), [10, 150, 60]);
  assert.equal(worker.shapes.canUndo, false);
});

test('a click on one of several selects it alone, and nothing has handles while several are selected', () => {
  const worker = editor(box(1, 10, 10), box(2, 100, 10));
  worker.shapes.selectSeveral([1, 2]);
  assert.equal(worker.hover({ x: 30, y: 30 }), 'move');
  worker.drag({ x: 30, y: 30 }, { x: 40, y: 30 });
  assert.deepEqual(worker.shapes.items.map(({ left, width }) => [left, width]), [[20, 20], [110, 20]]);
  worker.click({ x: 25, y: 20 });
  assert.deepEqual(selected(worker), [1]);
});

test('a locked shape is not reached by a pointer and stays when others are moved', () => {
  const worker = editor(box(1, 10, 10), box(2, 100, 10));
  worker.shapes.marks.toggleLocked([1]);
  worker.click({ x: 20, y: 20 });
  assert.deepEqual(selected(worker), []);
  worker.shapes.selectSeveral([1, 2]);
  worker.drag({ x: 110, y: 20 }, { x: 120, y: 20 });
  assert.deepEqual(lefts(worker), [10, 110]);
  worker.shapes.select(1);
  worker.shapes.mode = 'draw';
  worker.drag({ x: 30, y: 20 }, { x: 60, y: 25 });
  assert.deepEqual(worker.shapes.items.map(({ left, width }) => [left, width]), [[10, 20], [110, 20], [30, 30]]);
});

test('all on screen that is not locked is selected', () => {
  const worker = editor(box(1, 0, 0), box(2, 50, 0), box(3, 100, 0));
  worker.shapes.marks.toggleLocked([1]);
  worker.shapes.marks.toggleHidden([3]);
  worker.several.selectAll();
  assert.deepEqual(selected(worker), [2]);
});

test('keys move several together, and a held key is one step', () => {
  const worker = editor(box(1, 0, 0), box(2, 170, 0));
  worker.shapes.selectSeveral([1, 2]);
  for (let press = 0; press < 3; press++) worker.several.nudge(10, 0, picture);
  assert.deepEqual(lefts(worker), [10, 180]);
  worker.shapes.undo();
  assert.deepEqual(lefts(worker), [0, 170]);
});

test('together, shapes keep their places to each other at every edge', () => {
  const boxes = [{ ...box(1, 5, 0), label: '' }, { ...box(2, 175, 70), label: '' }];
  assert.deepEqual(around(BOX, boxes), { left: 5, top: 0, width: 190, height: 90 });
  assert.deepEqual(together(BOX, boxes, 50, -50, picture).map(({ left, top }) => [left, top]), [[10, 0], [180, 70]]);
  const points = [{ id: 1, label: '', x: 190, y: 3 }, { id: 2, label: '', x: 100, y: 90 }];
  assert.deepEqual(together(POINT, points, 50, 50, picture).map(({ x, y }) => [x, y]), [[199, 12], [109, 99]]);
});

test('where clicks draw, Shift draws upon another shape while drawing and selects in select mode', () => {
  const worker = new Editor(KEYPOINTS, [{ id: 101, x: 10, y: 10 }, { id: 102, x: 50, y: 50 }]);
  worker.shiftClick({ x: 11, y: 10 });
  assert.equal(worker.shapes.items.length, 3);
  worker.shapes.deselect();
  worker.shapes.mode = 'select';
  worker.shiftClick({ x: 50, y: 50 });
  worker.shiftClick({ x: 10, y: 10 });
  assert.equal(worker.shapes.selectedItems.length, 2);
});

test('a vertex is chosen, inserted and deleted on one shape: the others are let go of', () => {
  const triangle = (id: number, x: number) => ({ id, vertices: [{ x, y: 10 }, { x: x + 40, y: 10 }, { x, y: 50 }] });
  const worker = new Editor(POLYGONS, [triangle(1, 10), triangle(2, 100)]);
  worker.shapes.selectSeveral([1, 2]);
  worker.shapes.removeSelected();
  assert.equal(worker.shapes.items.length, 0);
  worker.shapes.undo();
  worker.shapes.selectSeveral([1, 2]);
  worker.shapes.chooseHandle('vertex 1');
  assert.deepEqual([worker.shapes.selectedItems.map(({ id }) => id), worker.shapes.chosenHandle], [[2], 'vertex 1']);
});
