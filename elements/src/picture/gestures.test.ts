import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOXES } from '../crowd-bounding-box/boxes.ts';
import { KEYPOINTS } from '../crowd-keypoint/keypoints.ts';
import { Editor } from './editor.testing.ts';
import type { Box } from './shapes/box.ts';
import type { Keypoint } from './shapes/point.ts';

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

test('the selected box moves, and with Shift another is drawn inside it', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  worker.click({ x: 40, y: 40 });
  worker.drag({ x: 40, y: 40 }, { x: 45, y: 50 });
  assert.deepEqual(rects(worker), [[15, 20, 60, 60]]);
  worker.drag({ x: 30, y: 40 }, { x: 50, y: 60 }, true);
  assert.deepEqual(rects(worker), [[15, 20, 60, 60], [30, 40, 20, 20]]);
});

test('a side of the selected box is dragged', () => {
  const worker = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  worker.click({ x: 40, y: 40 });
  worker.drag({ x: 70, y: 40 }, { x: 90, y: 0 });
  assert.deepEqual(rects(worker), [[10, 10, 80, 60]]);
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
  worker.drag({ x: 31, y: 30 }, { x: 31, y: 30 }, true);
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
