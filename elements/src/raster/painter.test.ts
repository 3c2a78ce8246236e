import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../base/geometry.ts';
import { INSTANCES } from '../crowd-instance-segmentation/instances.ts';
import { CLASSES } from '../crowd-semantic-segmentation/classes.ts';
import { Painter, THICKEST, type Tool } from './painter.ts';
import { Rearranging } from './rearranging.ts';
import { Segmentation } from './segmentation.ts';

function open(tool: Tool, diameter = 1, kind = CLASSES): { painter: Painter; work: Segmentation; rows: () => string[]; drag: (...points: Point[]) => void } {
  const work = new Segmentation(kind);
  work.labels.names = ['a', 'b'];
  work.setPicture({ width: 6, height: 4 });
  const painter = new Painter(work, new Rearranging(work, kind));
  painter.choose(tool);
  painter.takeSizes({ brush: diameter, eraser: diameter });
  const cells = (): Uint16Array => work.mask?.cells ?? new Uint16Array();
  const rows = (): string[] => Array.from({ length: 4 }, (_, row) => [...cells().subarray(row * 6, row * 6 + 6)].join(''));
  const drag = (first: Point, ...others: Point[]): void => {
    const gesture = painter.press({ point: first, reach: 0.6, slop: 0.4, force: false });
    for (const point of others) gesture?.move(point);
    gesture?.end();
  };
  return { painter, work, rows, drag: drag as (...points: Point[]) => void };
}

const at = (x: number, y: number): Point => ({ x, y });

test('a stroke is one step, and is gone when it is let go of', () => {
  const { work, painter, rows, drag } = open('brush');
  drag(at(0.5, 0.5), at(3.5, 0.5), at(3.5, 2.5));
  assert.deepEqual(rows(), ['111100', '000100', '000100', '000000']);
  const gesture = painter.press({ point: at(5, 3), reach: 1, slop: 1, force: false });
  gesture?.move(at(0, 3));
  gesture?.cancel();
  assert.deepEqual(rows(), ['111100', '000100', '000100', '000000']);
  work.undo();
  assert.deepEqual(rows(), ['000000', '000000', '000000', '000000']);
});

test('with Shift a stroke begins where the last one ended', () => {
  const { painter, rows, drag } = open('brush');
  drag(at(0.5, 0.5));
  painter.press({ point: at(4.5, 0.5), reach: 1, slop: 1, force: true })?.end();
  assert.deepEqual(rows()[0], '111110');
});

test('the eraser takes from every class', () => {
  const { painter, work, rows, drag } = open('brush');
  drag(at(0.5, 0.5), at(2.5, 0.5));
  work.chooseLabel('b');
  drag(at(3.5, 0.5), at(5.5, 0.5));
  painter.choose('eraser');
  drag(at(2.5, 0.5), at(3.5, 0.5));
  assert.equal(rows()[0], '110022');
});

test('clicks and drags make a polygon, which a click on its first corner, a second one on its last, or Enter fills', () => {
  for (const end of ['first', 'last', 'enter']) {
    const { painter, rows, drag } = open('polygon');
    drag(at(1, 1));
    drag(at(4, 1), at(4, 2), at(4, 3));
    drag(at(1, 3));
    if (end === 'first') drag(at(1.2, 1.2));
    else if (end === 'last') drag(at(1, 3));
    else painter.close();
    assert.deepEqual(rows(), ['000000', '011100', '011100', '000000'], end);
  }
});

test('a polygon of two corners is nothing', () => {
  const { painter, work, drag } = open('polygon');
  drag(at(1, 1));
  drag(at(4, 3));
  assert.equal(painter.close(), true);
  assert.deepEqual([work.count, work.canUndo, painter.close()], [0, false, false]);
});

test('filling takes what hangs together under the click', () => {
  const { painter, rows, drag } = open('brush');
  drag(at(2.5, 0.5), at(2.5, 3.5));
  painter.choose('fill');
  drag(at(0.5, 0.5));
  assert.deepEqual(rows(), ['111000', '111000', '111000', '111000']);
});

test('a click selects what lies there and its label; beside it, a drag is not the tool’s', () => {
  const { painter, work, drag } = open('brush');
  drag(at(0.5, 0.5));
  work.chooseLabel('b');
  painter.choose('select');
  drag(at(0.5, 0.5));
  assert.deepEqual([work.selected, work.labels.active], [1, 'a']);
  assert.equal(painter.press({ point: at(3, 3), reach: 1, slop: 1, force: false }), undefined);
});

test('a lasso is filled where it is let go, and a click of it is nothing', () => {
  const { work, rows, drag, painter } = open('lasso');
  drag(at(1, 1), at(4, 1), at(4, 3), at(1, 3));
  assert.deepEqual(rows(), ['000000', '011100', '011100', '000000']);
  drag(at(5, 0));
  const gesture = painter.press({ point: at(0, 0), reach: 1, slop: 1, force: false });
  for (const point of [at(6, 0), at(6, 4), at(0, 4)]) gesture?.move(point);
  assert.equal(work.outline.length, 4);
  gesture?.cancel();
  assert.deepEqual([work.outline.length, rows()], [0, ['000000', '011100', '011100', '000000']]);
  work.undo();
  assert.deepEqual([work.count, work.canUndo], [0, false]);
});

test('a line of the split tool cuts the instance that it crosses', () => {
  const { work, rows, drag, painter } = open('lasso', 1, INSTANCES);
  drag(at(0, 0), at(6, 0), at(6, 3), at(0, 3));
  work.select(undefined);
  painter.choose('split');
  drag(at(4, -1), at(4, 4));
  assert.deepEqual(rows(), ['111122', '111122', '111122', '000000']);
  work.undo();
  drag(at(2, 2));
  drag(at(1, 3.5), at(5, 3.5));
  assert.deepEqual([work.count, work.outline.length, work.canRedo], [1, 0, true]);
});

test('in Select, Shift or the wish for several adds a click to the selection', () => {
  const { work, painter, drag } = open('brush', 1, INSTANCES);
  for (const x of [0.5, 2.5, 4.5]) {
    work.select(undefined);
    drag(at(x, 0.5));
  }
  painter.choose('select');
  drag(at(2.5, 0.5));
  painter.press({ point: at(0.5, 0.5), reach: 1, slop: 1, force: true })?.end();
  assert.deepEqual(work.selection.all, [2, 1]);
  work.selection.growsByClick = true;
  drag(at(4.5, 0.5));
  drag(at(0.5, 0.5));
  assert.deepEqual(work.selection.all, [2, 3]);
});

test('a pointer that selects hovers, and nothing else does', () => {
  const { work, painter, drag } = open('brush', 1, INSTANCES);
  drag(at(0.5, 0.5));
  work.select(undefined);
  painter.hover(at(0.5, 0.5));
  assert.deepEqual(work.selection.meant, []);
  painter.choose('select');
  painter.hover(at(0.5, 0.5));
  assert.deepEqual(work.selection.meant, [1]);
  work.chooseLabel('b');
  assert.deepEqual(work.regions.answered.map(({ label }) => label), ['b']);
  painter.hover(at(3, 3));
  work.removeSelected();
  assert.equal(work.count, 1);
  painter.hover(at(0.5, 0.5));
  work.removeSelected();
  assert.deepEqual([work.count, work.selection.meant], [0, []]);
});

test('brush and eraser have sizes of their own, and the end of a pen that erases has the eraser’s', () => {
  const { painter, rows, drag } = open('brush', 1);
  drag(at(0, 2.5), at(5.5, 2.5));
  painter.choose('eraser');
  painter.setDiameter(3);
  painter.choose('brush');
  assert.deepEqual([painter.diameter, painter.diameters], [1, { brush: 1, eraser: 3 }]);
  painter.erase({ point: at(2.5, 2.5), reach: 1, slop: 1, force: false }).end();
  assert.equal(rows()[2], '100011');
});

test('a brush grows and shrinks by a part of its size, within bounds', () => {
  const { painter } = open('brush', 1);
  painter.resize(-1);
  assert.equal(painter.diameter, 1);
  painter.resize(1);
  assert.equal(painter.diameter, 2);
  painter.setDiameter(100);
  painter.resize(1);
  assert.equal(painter.diameter, 120);
  painter.setDiameter(9999);
  assert.equal(painter.diameter, THICKEST);
});

test('a stroke is over when the work is put back as it was, so that it paints no region that there is not', () => {
  const { work, painter, rows, drag } = open('brush', 1, INSTANCES);
  drag(at(0.5, 0.5));
  work.select(undefined);
  const gesture = painter.press({ point: at(0.5, 2.5), reach: 1, slop: 1, force: false });
  work.undo();
  gesture?.move(at(5.5, 2.5));
  gesture?.end();
  assert.deepEqual(rows(), ['000000', '000000', '000000', '000000']);
  assert.equal(work.regions.list.length, 0);
});

test('who takes the next tool before the lasso is let go of has drawn all of it', () => {
  const { work, painter, rows } = open('lasso');
  const gesture = painter.press({ point: at(0, 0), reach: 0.6, slop: 0.4, force: false });
  gesture?.move(at(4, 0));
  painter.choose('brush');
  gesture?.move(at(4, 3));
  gesture?.move(at(0, 3));
  gesture?.end();
  assert.deepEqual(rows(), ['111100', '111100', '111100', '000000']);
  assert.deepEqual(work.outline, []);
});

test('a polygon that another tool has let go of is not drawn on', () => {
  const { work, painter } = open('polygon');
  const gesture = painter.press({ point: at(0, 0), reach: 0.6, slop: 0.4, force: false });
  gesture?.move(at(4, 0));
  painter.choose('brush');
  gesture?.move(at(4, 3));
  gesture?.end();
  assert.deepEqual(work.outline, []);
});
