import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOXES } from '../crowd-bounding-box/boxes.ts';
import { KEYPOINTS } from '../crowd-keypoint/keypoints.ts';
import { Annotations } from '../tool/annotations.ts';
import { Fitting } from './fitting.ts';
import type { Point } from './geometry.ts';
import { Gestures, type Gesture } from './gestures.ts';
import type { ShapeKind } from './shape-kind.ts';
import type { Box } from './shapes/box.ts';
import type { Keypoint } from './shapes/point.ts';
import type { Shape } from './shapes/shape.ts';

const picture = { width: 200, height: 100 };

/** Somebody with a mouse who works on shapes of this kind; each begins with the first label. */
class Hand<S extends Shape> {
  readonly shapes: Annotations<S>;
  private readonly fitting: Fitting<S>;
  private readonly gestures: Gestures<S>;

  constructor(kind: ShapeKind<S>, initial: readonly Omit<S, 'label'>[]) {
    this.fitting = new Fitting(kind.geometry);
    this.shapes = new Annotations<S>({ ...kind, same: kind.geometry.same }, this.fitting);
    this.gestures = new Gestures(kind.geometry, kind.drawing, this.shapes);
    this.shapes.labels.names = ['car', 'person'];
    this.shapes.setInitial(initial.map((shape) => ({ ...shape, label: 'car' }) as S));
  }

  press(point: Point, force = false): Gesture | undefined {
    return this.gestures.press({ point, reach: 5, slop: 3, force }, picture);
  }

  drag(from: Point, to: Point, force = false): void {
    const gesture = this.press(from, force);
    gesture?.move(to);
    gesture?.end();
  }

  click(at: Point): void {
    this.drag(at, at);
  }

  loadPicture(): void {
    this.fitting.setPicture(picture);
    this.shapes.refit();
  }
}

const editor = (...initial: Omit<Box, 'label'>[]): Hand<Box> => new Hand(BOXES, initial);

const rects = ({ shapes }: Hand<Box>): number[][] => shapes.items.map(({ left, top, width, height }) => [left, top, width, height]);

test('a drag on the empty picture draws a box and selects it', () => {
  const hand = editor();
  hand.drag({ x: 10.2, y: 20 }, { x: 40, y: 60.7 });
  assert.deepEqual(rects(hand), [[10, 20, 30, 41]]);
  assert.equal(hand.shapes.selected, hand.shapes.items[0]);
});

test('a shaky click draws nothing', () => {
  const hand = editor();
  hand.drag({ x: 10, y: 20 }, { x: 12, y: 21 });
  hand.drag({ x: 10, y: 20 }, { x: 30, y: 21 });
  assert.deepEqual(rects(hand), []);
});

test('a box drawn over the border ends at the border', () => {
  const hand = editor();
  hand.drag({ x: 180, y: 80 }, { x: 500, y: -20 });
  assert.deepEqual(rects(hand), [[180, 0, 20, 80]]);
});

test('a drag from inside an unselected box draws another box', () => {
  const hand = editor({ id: 1, left: 0, top: 0, width: 100, height: 100 });
  hand.drag({ x: 10, y: 20 }, { x: 40, y: 60 });
  assert.deepEqual(rects(hand), [[0, 0, 100, 100], [10, 20, 30, 40]]);
});

test('the selected box moves, and with Shift another is drawn inside it', () => {
  const hand = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  hand.click({ x: 40, y: 40 });
  hand.drag({ x: 40, y: 40 }, { x: 45, y: 50 });
  assert.deepEqual(rects(hand), [[15, 20, 60, 60]]);
  hand.drag({ x: 30, y: 40 }, { x: 50, y: 60 }, true);
  assert.deepEqual(rects(hand), [[15, 20, 60, 60], [30, 40, 20, 20]]);
});

test('a side of the selected box is dragged', () => {
  const hand = editor({ id: 1, left: 10, top: 10, width: 60, height: 60 });
  hand.click({ x: 40, y: 40 });
  hand.drag({ x: 70, y: 40 }, { x: 90, y: 0 });
  assert.deepEqual(rects(hand), [[10, 10, 80, 60]]);
});

test('repeated clicks go through the boxes below, smallest first', () => {
  const hand = editor({ id: 1, left: 0, top: 0, width: 100, height: 100 }, { id: 2, left: 30, top: 30, width: 20, height: 20 });
  hand.click({ x: 40, y: 40 });
  assert.equal(hand.shapes.selected?.id, 2);
  hand.click({ x: 40, y: 40 });
  assert.equal(hand.shapes.selected?.id, 1);
  hand.click({ x: 40, y: 40 });
  assert.equal(hand.shapes.selected?.id, 2);
});

test('a click on nothing lets go', () => {
  const hand = editor({ id: 1, left: 0, top: 0, width: 20, height: 20 });
  hand.click({ x: 10, y: 10 });
  hand.click({ x: 150, y: 80 });
  assert.equal(hand.shapes.selected, undefined);
});

test('in select mode a box is selected and moved in one drag, and a drag on nothing is left to the picture', () => {
  const hand = editor({ id: 1, left: 0, top: 0, width: 20, height: 20 });
  hand.shapes.mode = 'select';
  hand.drag({ x: 10, y: 10 }, { x: 30, y: 40 });
  assert.deepEqual(rects(hand), [[20, 30, 20, 20]]);
  assert.equal(hand.press({ x: 150, y: 80 }), undefined);
});

test('without labels nothing can be drawn', () => {
  const hand = editor();
  hand.shapes.labels.names = [];
  hand.drag({ x: 10, y: 20 }, { x: 40, y: 60 });
  assert.deepEqual(hand.shapes.history.present, []);
});

test('what lies outside the picture is neither seen nor found, what reaches out ends at its edge', () => {
  const hand = editor({ id: 1, left: -5, top: 90, width: 300, height: 50 }, { id: 2, left: 210, top: 0, width: 9, height: 9 });
  hand.loadPicture();
  assert.deepEqual(rects(hand), [[0, 90, 200, 10]]);
  hand.click({ x: 100, y: 95 });
  assert.equal(hand.shapes.selected?.id, 1);
});

const keypoints = (...initial: Omit<Keypoint, 'label'>[]): Hand<Keypoint> => new Hand(KEYPOINTS, initial);
const places = ({ shapes }: Hand<Keypoint>): number[][] => shapes.items.map(({ x, y }) => [x, y]);

test('a click puts a keypoint, and a drag moves it before it is put', () => {
  const hand = keypoints();
  hand.click({ x: 10.4, y: 20.6 });
  hand.drag({ x: 50, y: 50 }, { x: 60, y: 40 });
  assert.deepEqual(places(hand), [[10, 20], [60, 40]]);
  assert.equal(hand.shapes.selected, hand.shapes.items[1]);
});

test('a press on a keypoint moves it, a click on it selects it, and with Shift another is put there', () => {
  const hand = keypoints({ id: 1, x: 10, y: 10 });
  hand.drag({ x: 12, y: 11 }, { x: 32, y: 31 });
  assert.deepEqual(places(hand), [[30, 30]]);
  hand.shapes.deselect();
  hand.click({ x: 31, y: 30 });
  assert.deepEqual([hand.shapes.selected?.id, places(hand).length], [1, 1]);
  hand.drag({ x: 31, y: 30 }, { x: 31, y: 30 }, true);
  assert.deepEqual(places(hand), [[30, 30], [31, 30]]);
});

test('of two keypoints the nearer is meant', () => {
  const hand = keypoints({ id: 1, x: 10, y: 10 }, { id: 2, x: 14, y: 10 });
  hand.click({ x: 13, y: 10 });
  assert.equal(hand.shapes.selected?.id, 2);
});

test('a keypoint stays on the pixels of the picture', () => {
  const hand = keypoints();
  hand.drag({ x: 10, y: 10 }, { x: 500, y: -20 });
  assert.deepEqual(places(hand), [[199, 0]]);
});

test('without labels no keypoint can be put', () => {
  const hand = keypoints();
  hand.shapes.labels.names = [];
  hand.click({ x: 10, y: 20 });
  assert.deepEqual(hand.shapes.history.present, []);
});
