import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLASSES } from '../crowd-semantic-segmentation/classes.ts';
import { INSTANCES } from '../crowd-instance-segmentation/instances.ts';
import { drawing, rowsOf } from './mask.testing.ts';
import type { Mask } from './mask.ts';
import type { RasterKind } from './raster-kind.ts';
import { Rearranging } from './rearranging.ts';
import { Segmentation } from './segmentation.ts';

/** A tool in which this was painted, region after region, each with a label. */
function open(rows: readonly string[], labels: readonly string[], kind: RasterKind = INSTANCES) {
  const work = new Segmentation(kind);
  work.labels.names = ['a', 'b'];
  const drawn = drawing(rows);
  work.setPicture(drawn);
  for (const [index, label] of labels.entries()) {
    work.select(undefined);
    work.chooseLabel(label);
    work.paint((mask, region) => {
      for (const [cell, number] of drawn.cells.entries()) if (number === index + 1) mask.fill(Math.floor(cell / mask.width), cell % mask.width, (cell % mask.width) + 1, region);
    });
  }
  work.select(undefined);
  return { work, rearranging: new Rearranging(work, kind), rows: () => rowsOf(work.mask as Mask) };
}

test('merged instances are the first selected one, with its label and its colour, in one step', () => {
  const { work, rearranging, rows } = open(['##.oo.x'], ['a', 'b', 'a']);
  const colors = work.regions.answered.map(({ color }) => color);
  work.select(2);
  work.toggle(3);
  work.toggle(1);
  rearranging.merge();
  assert.deepEqual([rows(), work.regions.answered, work.selection.all], [['oo.oo.o'], [{ label: 'b', color: colors[1] }], [2]]);
  work.undo();
  assert.deepEqual([rows(), work.count], [['##.oo.x'], 3]);
  work.redo();
  assert.equal(work.count, 1);
});

test('one instance alone cannot be merged, and the worker is told', () => {
  const { work, rearranging, rows } = open(['##.oo'], ['a', 'a']);
  work.select(1);
  rearranging.merge();
  assert.deepEqual([rows(), rearranging.canMerge], [['##.oo'], false]);
  assert.match(work.told, /Select two or more instances/);
  work.select(2);
  assert.equal(work.told, '');
});

test('an instance is split into its parts: new numbers, new colours, the same label', () => {
  const { work, rearranging, rows } = open(['#.##.o'], ['b', 'a']);
  work.select(1);
  rearranging.split();
  assert.deepEqual(rows(), ['x.##.o']);
  assert.deepEqual(work.regions.answered.map(({ label }) => label), ['b', 'a', 'b']);
  assert.equal(new Set(work.regions.answered.map(({ color }) => color)).size, 3);
  assert.deepEqual(work.selection.all, [1]);
  work.undo();
  assert.deepEqual([rows(), work.count], [['#.##.o'], 2]);
});

test('what cannot be split or cut leaves no step and no region, and says why', () => {
  const { work, rearranging } = open(['####', '####', '####'], ['a']);
  work.select(1);
  const steps = (): unknown => [work.moment.regions.length, work.regions.list.length];
  rearranging.split();
  assert.match(work.told, /hangs together/);
  rearranging.cut([{ x: 2, y: -1 }, { x: 2, y: 1 }]);
  assert.match(work.told, /all the way across/);
  rearranging.cut([{ x: 9, y: 9 }, { x: 10, y: 9 }]);
  assert.match(work.told, /crosses no selected instance/);
  assert.deepEqual(steps(), [1, 1]);
  work.undo();
  assert.equal(work.count, 0);
});

test('a line cuts the selected instance only', () => {
  const { work, rearranging, rows } = open(['####', '####', 'oooo', 'oooo'], ['a', 'b']);
  work.select(2);
  rearranging.cut([{ x: 2, y: -1 }, { x: 2, y: 9 }]);
  assert.deepEqual(rows(), ['####', '####', 'ooxx', 'ooxx']);
  assert.deepEqual(work.regions.answered.map(({ label }) => label), ['a', 'b', 'b']);
});

test('a hidden instance is cut by no line', () => {
  const { work, rearranging, rows } = open(['####', '####'], ['a']);
  work.labels.toggleHidden('a');
  rearranging.cut([{ x: 2, y: -1 }, { x: 2, y: 9 }]);
  assert.deepEqual(rows(), ['####', '####']);
});

test('holes of the selected regions, or of the chosen class, are filled in one step', () => {
  const { work, rearranging, rows } = open(['###ooo', '#.#o.o', '###ooo'], ['a', 'b']);
  work.select(1);
  work.toggle(2);
  rearranging.fillHoles();
  assert.deepEqual(rows(), ['###ooo', '###ooo', '###ooo']);
  rearranging.fillHoles();
  assert.match(work.told, /no holes/);
  work.undo();
  assert.deepEqual(rows(), ['###ooo', '#.#o.o', '###ooo']);

  const classes = open(['###ooo', '#.#o.o', '###ooo'], ['a', 'b'], CLASSES);
  classes.rearranging.fillHoles();
  assert.deepEqual(classes.rows(), ['###ooo', '#.#ooo', '###ooo'], 'the label that was chosen last');
});

test('without an instance there is nothing to fill', () => {
  const { work, rearranging } = open(['##', '##'], ['a']);
  rearranging.fillHoles();
  assert.match(work.told, /Select the instance/);
});
