import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOXES } from '../../crowd-bounding-box/boxes.ts';
import { KEYPOINTS } from '../../crowd-keypoint/keypoints.ts';
import { Editor } from '../editor.testing.ts';
import type { Box } from '../shapes/box.ts';
import type { Keypoint } from '../shapes/point.ts';

const editor = (...initial: Omit<Box, 'label'>[]): Editor<Box> => new Editor(BOXES, initial);

const rects = ({ shapes }: Editor<Box>): number[][] => shapes.items.map(({ left, top, width, height }) => [left, top, width, height]);

test('a drag on the empty picture draws a box and selects it', () => {
  const worker = editor();
  worker.drag({ x: 10.2, y: 20 }, { x: 40, y: 60.7 });
  assert.deepEqual(rects(worker), [[10, 20, 30, 41]]);
  assert.equal(worker.shapes.selected, worker.shapes.items[0]);
});

test('a shaky click draws nothing', () => {
  const worker = editor();
  worker.drag({ x: 10, y: 20 }, { x: 12, y: 21 });
  worker.drag({ x: 10, y: 20 }, { x: 30, y: 21 });
  assert.deepEqual(rects(worker), []);
});

test('a box drawn over the border ends at the border', () => {
  const worker = editor();
  worker.drag({ x: 180, y: 80 }, { x: 500, y: -20 });
  assert.deepEqual(rects(worker), [[180, 0, 20, 80]]);
});

test('a drag from inside an unselected box draws another box', () => {
  const worker = editor({ id: 1, left: 0, top: 0, width: 100, height: 100 });
  worker.drag({ x: 10, y: 20 }, { x: 40, y: 60 });
  assert.deepEqual(rects(worker), [[0, 0, 100, 100], [10, 20, 30, 40]]);
});

test('a stroke draws, also from inside the selected box or from its side', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  worker.click({ x: 40, y: 40 });
  worker.drag({ x: 40, y: 40 }, { x: 55, y: 60 });
  worker.click({ x: 12, y: 30 });
  worker.drag({ x: 12, y: 25 }, { x: 80, y: 35 });
  assert.deepEqual(rects(worker), [[10, 10, 60, 60], [40, 40, 15, 20], [12, 25, 68, 10]]);
});

test('with Ctrl or Alt what lies under the pointer moves, selected or not', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 }, { id: 2, left: 100, top: 10, width: 20, height: 20 });
  worker.drag({ x: 110, y: 20 }, { x: 120, y: 25 }, { moves: true });
  assert.equal(worker.shapes.selected?.id, 2);
  worker.drag({ x: 120, y: 25 }, { x: 110, y: 20 }, { moves: true });
  worker.drag({ x: 12, y: 12 }, { x: 13, y: 22 }, { moves: true });
  assert.deepEqual(rects(worker), [[11, 20, 60, 60], [100, 10, 20, 20]]);
  assert.equal(worker.press({ x: 180, y: 80 }, { moves: true }), undefined, 'beside them it moves the picture');
});

test('beside a box that was just drawn the next one begins, but upon a handle of another it does not', () => {
  const worker = editor();
  worker.drag({ x: 10, y: 10 }, { x: 70, y: 70 });
  worker.drag({ x: 73, y: 73 }, { x: 95, y: 95 });
  assert.deepEqual(rects(worker), [[10, 10, 60, 60], [73, 73, 22, 22]]);

  worker.click({ x: 40, y: 40 });
  worker.drag({ x: 71, y: 71 }, { x: 80, y: 80 });
  assert.deepEqual(rects(worker)[0], [10, 10, 69, 69]);
});

test('a gesture that is cancelled leaves the selection as it was', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  worker.click({ x: 40, y: 40 });
  const gesture = worker.press({ x: 100, y: 20 });
  gesture?.move({ x: 150, y: 80 });
  gesture?.cancel();
  assert.deepEqual([worker.shapes.selected?.id, worker.shapes.preview, rects(worker).length], [1, undefined, 1]);
});

test('two clicks make a box, and a stroke between them one of its own', () => {
  const worker = editor();
  worker.click({ x: 10, y: 20 });
  worker.hover({ x: 30, y: 50 });
  const { preview } = worker.shapes;
  assert.deepEqual([preview?.left, preview?.top, preview?.width, preview?.height], [10, 20, 20, 30]);
  worker.click({ x: 40, y: 60 });
  assert.deepEqual(rects(worker), [[10, 20, 30, 40]]);

  worker.click({ x: 100, y: 90 });
  worker.drag({ x: 150, y: 10 }, { x: 190, y: 40 });
  assert.deepEqual(rects(worker)[1], [150, 10, 40, 30]);
  assert.equal(worker.shapes.unfinished, undefined);
});

test('two clicks begin upon a box only with Shift, end anywhere, and a click beside a selected box lets go of it', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  worker.click({ x: 40, y: 40 });
  assert.equal(worker.shapes.selected?.id, 1);
  worker.click({ x: 150, y: 80 });
  assert.deepEqual([worker.shapes.selected, worker.shapes.unfinished], [undefined, undefined]);

  worker.drag({ x: 20, y: 20 }, { x: 20, y: 20 }, { force: true });
  worker.click({ x: 50, y: 60 });
  assert.deepEqual(rects(worker)[1], [20, 20, 30, 40]);
});

test('what is too thin is refused in words, a double click and undo take a corner back', () => {
  const worker = editor();
  worker.click({ x: 10, y: 20 });
  worker.click({ x: 60, y: 21 });
  assert.match(worker.shapes.unfinished?.words ?? '', /too thin/);
  worker.shapes.undo();
  assert.equal(worker.shapes.unfinished, undefined);
  worker.click({ x: 10, y: 20 });
  worker.click({ x: 10, y: 20 });
  assert.deepEqual([worker.shapes.unfinished, worker.shapes.preview, rects(worker)], [undefined, undefined, []]);
});

test('a stroke between two clicks that is cancelled leaves the first click', () => {
  const worker = editor();
  worker.click({ x: 10, y: 20 });
  const gesture = worker.press({ x: 100, y: 20 });
  gesture?.move({ x: 150, y: 80 });
  gesture?.cancel();
  assert.deepEqual(worker.shapes.unfinished?.vertices, [{ x: 10, y: 20 }]);
});

test('four clicks on its extremes make a box, in any order, and a shaky one puts no stroke between them', () => {
  const worker = editor();
  worker.shapes.way = 1;
  worker.click({ x: 60, y: 10 });
  worker.click({ x: 90, y: 40 });
  assert.match(worker.shapes.unfinished?.words ?? '', /2 of its 4 extremes/);
  worker.shapes.removeSelected();
  worker.click({ x: 92, y: 42 });
  worker.click({ x: 92, y: 42 });
  worker.drag({ x: 50, y: 70 }, { x: 50, y: 85 });
  worker.click({ x: 20, y: 30 });
  assert.deepEqual(rects(worker), [[20, 10, 72, 75]]);
});

test('a label key in the middle of a stroke is for the box of the stroke', () => {
  const worker = editor({ id: 101, left: 10, top: 10, width: 60, height: 60 });
  const drawn = worker.press({ x: 100, y: 20 });
  drawn?.move({ x: 120, y: 40 });
  worker.shapes.chooseLabel('person');
  drawn?.move({ x: 150, y: 80 });
  drawn?.end();
  assert.deepEqual(worker.shapes.items.map(({ label }) => label), ['car', 'person']);

  const moved = worker.press({ x: 40, y: 40 }, { moves: true });
  moved?.move({ x: 50, y: 40 });
  worker.shapes.chooseLabel('person');
  moved?.move({ x: 60, y: 40 });
  moved?.end();
  assert.deepEqual(worker.shapes.items[0], { id: 101, label: 'person', left: 30, top: 10, width: 60, height: 60 });
});

test('a label is for the box that was just drawn, else for that under the pointer, else for the next one', () => {
  const worker = editor({ id: 101, left: 10, top: 10, width: 60, height: 60 }, { id: 102, left: 100, top: 10, width: 60, height: 60 });
  const labels = (): string[] => worker.shapes.items.map(({ label }) => label);
  worker.hover({ x: 90, y: 90 });
  worker.shapes.chooseLabel('person');
  assert.deepEqual(labels(), ['car', 'car']);
  worker.hover({ x: 20, y: 20 });
  worker.shapes.chooseLabel('person');
  assert.deepEqual([labels(), worker.shapes.selected?.id], [['person', 'car'], 101]);
  worker.hover({ x: 120, y: 20 });
  worker.shapes.chooseLabel('person');
  assert.deepEqual([labels(), worker.shapes.selected?.id], [['person', 'person'], 102]);

  worker.drag({ x: 40, y: 72 }, { x: 80, y: 90 });
  worker.hover({ x: 20, y: 20 });
  worker.shapes.chooseLabel('car');
  assert.deepEqual(labels(), ['person', 'person', 'car']);
});

test('a key means what was selected by key until the pointer moves onto another box', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 }, { id: 2, left: 100, top: 10, width: 60, height: 60 });
  worker.hover({ x: 120, y: 20 });
  worker.shapes.select(1);
  worker.shapes.takeAim();
  assert.equal(worker.shapes.selected?.id, 1);
  worker.hover({ x: 130, y: 20 });
  worker.shapes.takeAim();
  assert.equal(worker.shapes.selected?.id, 2);
});

test('once a box under the pointer is deleted, the same key deletes no other one there until the pointer moves', () => {
  const worker = editor({ id: 1, left: 0, top: 0, width: 100, height: 100 }, { id: 2, left: 30, top: 30, width: 20, height: 20 });
  const remove = (): void => {
    worker.shapes.takeAim();
    worker.shapes.removeSelected();
  };
  worker.hover({ x: 40, y: 40 });
  remove();
  remove();
  assert.deepEqual(worker.shapes.items.map(({ id }) => id), [1]);
  worker.hover({ x: 41, y: 41 });
  remove();
  assert.deepEqual(worker.shapes.items, []);
});

test('a side of the selected box is dragged', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  worker.click({ x: 40, y: 40 });
  worker.drag({ x: 70, y: 40 }, { x: 90, y: 0 });
  assert.deepEqual(rects(worker), [[10, 10, 80, 60]]);
  worker.shapes.mode = 'select';
  worker.drag({ x: 90, y: 25 }, { x: 80, y: 25 });
  assert.deepEqual(rects(worker), [[10, 10, 70, 60]], 'while nothing is drawn, anywhere along it');
});

test('repeated clicks go through the boxes below, smallest first', () => {
  const worker = editor({ id: 1, left: 0, top: 0, width: 100, height: 100 }, { id: 2, left: 30, top: 30, width: 20, height: 20 });
  worker.click({ x: 40, y: 40 });
  assert.equal(worker.shapes.selected?.id, 2);
  worker.click({ x: 40, y: 40 });
  assert.equal(worker.shapes.selected?.id, 1);
  worker.click({ x: 40, y: 40 });
  assert.equal(worker.shapes.selected?.id, 2);
});

test('a click on nothing lets go', () => {
  const worker = editor({ id: 1, left: 0, top: 0, width: 20, height: 20 });
  worker.click({ x: 10, y: 10 });
  worker.click({ x: 150, y: 80 });
  assert.equal(worker.shapes.selected, undefined);
});

test('in select mode a box is selected and moved in one drag, and a drag on nothing is left to the picture', () => {
  const worker = editor({ id: 1, left: 0, top: 0, width: 20, height: 20 });
  worker.shapes.mode = 'select';
  worker.drag({ x: 10, y: 10 }, { x: 30, y: 40 });
  assert.deepEqual(rects(worker), [[20, 30, 20, 20]]);
  assert.equal(worker.press({ x: 150, y: 80 }), undefined);
});

test('without labels nothing can be drawn', () => {
  const worker = editor();
  worker.shapes.labels.names = [];
  worker.drag({ x: 10, y: 20 }, { x: 40, y: 60 });
  assert.deepEqual(worker.shapes.history.present, []);
});

test('what lies outside the picture is neither seen nor found, what reaches out ends at its edge', () => {
  const worker = editor({ id: 1, left: -5, top: 90, width: 300, height: 50 }, { id: 2, left: 210, top: 0, width: 9, height: 9 });
  worker.loadPicture();
  assert.deepEqual(rects(worker), [[0, 90, 200, 10]]);
  worker.click({ x: 100, y: 95 });
  assert.equal(worker.shapes.selected?.id, 1);
});

const keypoints = (...initial: Omit<Keypoint, 'label'>[]): Editor<Keypoint> => new Editor(KEYPOINTS, initial);
const places = ({ shapes }: Editor<Keypoint>): number[][] => shapes.items.map(({ x, y }) => [x, y]);

test('a click puts a keypoint, and a drag moves it before it is put', () => {
  const worker = keypoints();
  worker.click({ x: 10.4, y: 20.6 });
  worker.drag({ x: 50, y: 50 }, { x: 60, y: 40 });
  assert.deepEqual(places(worker), [[10, 20], [60, 40]]);
  assert.equal(worker.shapes.selected, worker.shapes.items[1]);
});

test('a press on a keypoint moves it, a click on it selects it, and with Shift another is put there', () => {
  const worker = keypoints({ id: 1, x: 10, y: 10 });
  worker.drag({ x: 12, y: 11 }, { x: 32, y: 31 });
  assert.deepEqual(places(worker), [[30, 30]]);
  worker.shapes.deselect();
  worker.click({ x: 31, y: 30 });
  assert.deepEqual([worker.shapes.selected?.id, places(worker).length], [1, 1]);
  worker.drag({ x: 31, y: 30 }, { x: 31, y: 30 }, { force: true });
  assert.deepEqual(places(worker), [[30, 30], [31, 30]]);
});

test('of two keypoints the nearer is meant', () => {
  const worker = keypoints({ id: 1, x: 10, y: 10 }, { id: 2, x: 14, y: 10 });
  worker.click({ x: 13, y: 10 });
  assert.equal(worker.shapes.selected?.id, 2);
});

test('a keypoint stays on the pixels of the picture', () => {
  const worker = keypoints();
  worker.drag({ x: 10, y: 10 }, { x: 500, y: -20 });
  assert.deepEqual(places(worker), [[199, 0]]);
});

test('without labels no keypoint can be put', () => {
  const worker = keypoints();
  worker.shapes.labels.names = [];
  worker.click({ x: 10, y: 20 });
  assert.deepEqual(worker.shapes.history.present, []);
});

test('a stroke too thin for a box leaves selected what was, and says so', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 30, height: 30 }, { id: 2, left: 60, top: 10, width: 30, height: 30 });
  worker.several.selectAll();
  const told: string[] = [];
  worker.shapes.listen((change) => told.push(change));
  worker.drag({ x: 100, y: 60 }, { x: 150, y: 61 });
  assert.deepEqual(worker.shapes.selectedItems.map(({ id }) => id), [1, 2]);
  assert.equal(told.at(-1), 'state');
});

test('a label chosen between press and drag is not lost by the drag', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 30, height: 30 });
  worker.shapes.mode = 'select';
  const gesture = worker.press({ x: 20, y: 20 });
  worker.shapes.chooseLabel('person');
  gesture?.move({ x: 30, y: 20 });
  gesture?.end();
  assert.deepEqual(worker.shapes.items.map(({ label, left }) => [label, left]), [['person', 20]]);
});

test('a box of clicks that a key has let go of does not come back when the pointer comes up', () => {
  const worker = editor();
  worker.click({ x: 10, y: 10 });
  const gesture = worker.press({ x: 60, y: 60 });
  worker.shapes.abandon();
  gesture?.move({ x: 61, y: 60 });
  gesture?.end();
  assert.deepEqual(rects(worker), []);
  assert.equal(worker.shapes.preview, undefined);
});
