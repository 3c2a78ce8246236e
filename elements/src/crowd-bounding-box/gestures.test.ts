import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Annotations } from '../annotation/model/annotations.ts';
import type { Point } from '../annotation/model/geometry.ts';
import { BoxKind } from './box-kind.ts';
import type { Box } from './box.ts';
import { BoxGestures } from './gestures.ts';

const picture = { width: 200, height: 100 };

function editor(...initial: Omit<Box, 'label'>[]): { boxes: Annotations<Box>; drag: (from: Point, to: Point, force?: boolean) => void; click: (at: Point) => void } {
  const boxes = new Annotations<Box>(new BoxKind());
  boxes.labels = ['car', 'person'];
  boxes.setInitial(initial.map((box) => ({ ...box, label: 'car' })));
  const gestures = new BoxGestures();
  const drag = (from: Point, to: Point, force = false): void => {
    const gesture = gestures.press({ point: from, reach: 5, slop: 3, force }, boxes, picture);
    gesture?.move(to);
    gesture?.end();
  };
  return { boxes, drag, click: (at) => drag(at, at) };
}

const rects = (boxes: Annotations<Box>): number[][] => boxes.shapes.map(({ left, top, width, height }) => [left, top, width, height]);

test('a drag on the empty picture draws a box and selects it', () => {
  const { boxes, drag } = editor();
  drag({ x: 10.2, y: 20 }, { x: 40, y: 60.7 });
  assert.deepEqual(rects(boxes), [[10, 20, 30, 41]]);
  assert.equal(boxes.selected, boxes.shapes[0]);
});

test('a shaky click draws nothing', () => {
  const { boxes, drag } = editor();
  drag({ x: 10, y: 20 }, { x: 12, y: 21 });
  drag({ x: 10, y: 20 }, { x: 30, y: 21 });
  assert.deepEqual(rects(boxes), []);
});

test('a box drawn over the border ends at the border', () => {
  const { boxes, drag } = editor();
  drag({ x: 180, y: 80 }, { x: 500, y: -20 });
  assert.deepEqual(rects(boxes), [[180, 0, 20, 80]]);
});

test('a drag from inside an unselected box draws another box', () => {
  const { boxes, drag } = editor({ id: 1, left: 0, top: 0, width: 100, height: 100 });
  drag({ x: 10, y: 20 }, { x: 40, y: 60 });
  assert.deepEqual(rects(boxes), [[0, 0, 100, 100], [10, 20, 30, 40]]);
});

test('the selected box moves, and with Shift another is drawn inside it', () => {
  const { boxes, drag, click } = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  click({ x: 40, y: 40 });
  drag({ x: 40, y: 40 }, { x: 45, y: 50 });
  assert.deepEqual(rects(boxes), [[15, 20, 60, 60]]);
  drag({ x: 30, y: 40 }, { x: 50, y: 60 }, true);
  assert.deepEqual(rects(boxes), [[15, 20, 60, 60], [30, 40, 20, 20]]);
});

test('a side of the selected box is dragged', () => {
  const { boxes, drag, click } = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  click({ x: 40, y: 40 });
  drag({ x: 70, y: 40 }, { x: 90, y: 0 });
  assert.deepEqual(rects(boxes), [[10, 10, 80, 60]]);
});

test('repeated clicks go through the boxes below, smallest first', () => {
  const { boxes, click } = editor({ id: 1, left: 0, top: 0, width: 100, height: 100 }, { id: 2, left: 30, top: 30, width: 20, height: 20 });
  click({ x: 40, y: 40 });
  assert.equal(boxes.selected?.id, 2);
  click({ x: 40, y: 40 });
  assert.equal(boxes.selected?.id, 1);
  click({ x: 40, y: 40 });
  assert.equal(boxes.selected?.id, 2);
});

test('a click on nothing lets go', () => {
  const { boxes, click } = editor({ id: 1, left: 0, top: 0, width: 20, height: 20 });
  click({ x: 10, y: 10 });
  click({ x: 150, y: 80 });
  assert.equal(boxes.selected, undefined);
});

test('in select mode a box is selected and moved in one drag, and a drag on nothing is left to the picture', () => {
  const { boxes, drag } = editor({ id: 1, left: 0, top: 0, width: 20, height: 20 });
  boxes.mode = 'select';
  drag({ x: 10, y: 10 }, { x: 30, y: 40 });
  assert.deepEqual(rects(boxes), [[20, 30, 20, 20]]);
  const gesture = new BoxGestures().press({ point: { x: 150, y: 80 }, reach: 5, slop: 3, force: false }, boxes, picture);
  assert.equal(gesture, undefined);
});

test('without labels nothing can be drawn', () => {
  const { boxes, drag } = editor();
  boxes.labels = [];
  drag({ x: 10, y: 20 }, { x: 40, y: 60 });
  assert.deepEqual(boxes.history.present, []);
});

test('what lies outside the picture is neither seen nor found, what reaches out ends at its edge', () => {
  const { boxes, click } = editor({ id: 1, left: -5, top: 90, width: 300, height: 50 }, { id: 2, left: 210, top: 0, width: 9, height: 9 });
  boxes.setPicture(picture);
  assert.deepEqual(rects(boxes), [[0, 90, 200, 10]]);
  click({ x: 100, y: 95 });
  assert.equal(boxes.selected?.id, 1);
});
