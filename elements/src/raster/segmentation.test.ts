import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLASSES } from '../crowd-semantic-segmentation/classes.ts';
import { INSTANCES } from '../crowd-instance-segmentation/instances.ts';
import { ColorRows } from './given-mask.ts';
import { Mask } from './mask.ts';
import type { RasterKind } from './raster-kind.ts';
import { Segmentation } from './segmentation.ts';

const SIZE = { width: 6, height: 2 };

function work(kind: RasterKind, labels = ['a', 'b'], size = SIZE): Segmentation {
  const segmentation = new Segmentation(kind);
  segmentation.labels.names = labels;
  segmentation.setPicture(size);
  return segmentation;
}

/** Paints pixels of the first row as one step. */
const paint = (segmentation: Segmentation, start: number, end: number): void =>
  segmentation.paint((mask, region) => mask.fill(0, start, end, region));

const row = ({ mask }: Segmentation): string => [...(mask as Mask).cells.subarray(0, (mask as Mask).width)].join('');

/** The picture of the given mask arrives: its first row has these colours. */
function load(segmentation: Segmentation, colors: number[], size = SIZE): void {
  const { given } = segmentation.initial;
  assert.ok(given);
  const mask = new Mask(size);
  const rows = new ColorRows(mask, given.regions);
  rows.take(0, Int32Array.from({ length: size.width }, (_, column) => colors[column] ?? -1));
  mask.recount();
  segmentation.setLoaded({ mask, given, strange: rows.strange });
}

function give(segmentation: Segmentation, text: string, colors: number[], size = SIZE): void {
  segmentation.readInitial(text);
  load(segmentation, colors, size);
}

const GIVEN_CLASSES = "{src: 'mask.png', labelMappings: {b: {color: '#00ff00'}, gone: {color: '#0000FF'}}}";
const GIVEN_THINGS = "{src: 'mask.png', instances: [{color: '#010101', label: 'a'}, {color: '#020202', label: 'a'}]}";

test('each label is one area, of which those with pixels are answered in their colours', () => {
  const classes = work(CLASSES);
  paint(classes, 0, 2);
  classes.chooseLabel('b');
  paint(classes, 1, 4);
  classes.chooseLabel('a');
  paint(classes, 5, 6);
  assert.equal(row(classes), '122201');
  assert.deepEqual(classes.regions.answered, [{ label: 'a', color: '#2ca02c' }, { label: 'b', color: '#1f77b4' }]);
  assert.deepEqual([classes.count, classes.countOf('a'), classes.countOf('b')], [2, 1, 1]);
});

test('an area that was painted over entirely is no part of the answer', () => {
  const classes = work(CLASSES);
  paint(classes, 0, 2);
  classes.chooseLabel('b');
  paint(classes, 0, 3);
  assert.deepEqual(classes.regions.answered.map(({ label }) => label), ['b']);
});

test('strokes add to the instance that was begun, until another one is asked for', () => {
  const things = work(INSTANCES);
  paint(things, 0, 1);
  paint(things, 1, 2);
  things.select(undefined);
  paint(things, 3, 4);
  things.select(undefined);
  things.chooseLabel('b');
  paint(things, 5, 6);
  assert.equal(row(things), '110203');
  assert.deepEqual(things.regions.answered.map(({ label }) => label), ['a', 'a', 'b']);
  assert.equal(new Set(things.regions.answered.map(({ color }) => color)).size, 3);
});

test('a label that is chosen after a stroke is that of the instance just begun', () => {
  const things = work(INSTANCES);
  paint(things, 0, 2);
  things.chooseLabel('b');
  paint(things, 2, 3);
  assert.deepEqual([row(things), things.regions.answered], ['111000', [{ label: 'b', color: '#2ca02c' }]]);
  things.undo();
  things.undo();
  assert.deepEqual(things.regions.answered, [{ label: 'a', color: '#2ca02c' }]);
});

test('several instances are relabelled and deleted as one step; areas are selected alone', () => {
  const things = work(INSTANCES);
  for (const start of [0, 2, 4]) {
    things.select(undefined);
    paint(things, start, start + 1);
  }
  things.select(3);
  things.toggle(1);
  things.chooseLabel('b');
  assert.deepEqual(things.regions.answered.map(({ label }) => label), ['b', 'a', 'b']);
  things.removeSelected();
  assert.deepEqual([row(things), things.selection.all], ['002000', []]);
  things.undo();
  things.undo();
  assert.deepEqual(things.regions.answered.map(({ label }) => label), ['a', 'a', 'a']);
  const classes = work(CLASSES);
  paint(classes, 0, 1);
  classes.chooseLabel('b');
  paint(classes, 1, 2);
  classes.select(1);
  classes.toggle(2);
  assert.deepEqual(classes.selection.all, [2]);
});

test('what is selected or under the pointer has bounds', () => {
  const things = work(INSTANCES);
  paint(things, 0, 1);
  things.select(undefined);
  paint(things, 3, 5);
  assert.deepEqual(things.regions.boundsOf(things.selection.meant), { left: 3, top: 0, width: 2, height: 1 });
  things.toggle(1);
  assert.deepEqual(things.regions.boundsOf(things.selection.meant), { left: 0, top: 0, width: 5, height: 1 });
  things.select(undefined);
  assert.equal(things.regions.boundsOf(things.selection.meant), undefined);
});

test('choosing a label changes the selected instance, and gives the pixels of a selected area to another', () => {
  const things = work(INSTANCES);
  paint(things, 0, 2);
  things.select(1);
  things.chooseLabel('b');
  assert.deepEqual(things.regions.answered, [{ label: 'b', color: '#2ca02c' }]);
  const classes = work(CLASSES);
  paint(classes, 0, 2);
  classes.select(1);
  classes.chooseLabel('b');
  assert.deepEqual(classes.regions.answered, [{ label: 'b', color: '#1f77b4' }]);
  classes.undo();
  assert.deepEqual(classes.regions.answered, [{ label: 'a', color: '#2ca02c' }]);
});

test('undo and redo bring back pixels and regions', () => {
  const things = work(INSTANCES);
  paint(things, 0, 2);
  things.select(undefined);
  paint(things, 1, 4);
  things.undo();
  assert.equal(row(things), '110000');
  things.redo();
  assert.equal(row(things), '122200');
  things.undo();
  things.undo();
  assert.deepEqual([things.count, things.canUndo], [0, false]);
});

test('what changes nothing is no step, and what is cancelled leaves nothing', () => {
  const classes = work(CLASSES);
  paint(classes, 7, 9);
  assert.equal(classes.canUndo, false);
  classes.brush(classes.target())(0, 0, 3);
  classes.cancel();
  assert.equal(row(classes), '000000');
  assert.deepEqual(classes.regions.answered, []);
});

test('undo takes back the last corner of a polygon first', () => {
  const classes = work(CLASSES);
  paint(classes, 0, 1);
  classes.setOutline([{ x: 0, y: 0 }, { x: 1, y: 1 }]);
  classes.undo();
  classes.removeSelected();
  assert.deepEqual([classes.outline.length, row(classes)], [0, '100000']);
  classes.undo();
  assert.equal(row(classes), '000000');
});

test('a deleted region loses its pixels', () => {
  const things = work(INSTANCES);
  paint(things, 0, 3);
  assert.equal(things.hasSelection, true);
  things.removeSelected();
  assert.deepEqual([row(things), things.count, things.hasSelection], ['000000', 0, false]);
});

test('a given mask is answered with its own colours, without labels that are not listed, and is unmodified', () => {
  const classes = work(CLASSES);
  give(classes, GIVEN_CLASSES, [0x00ff00, 0x00ff00, 0x0000ff]);
  assert.deepEqual(classes.regions.answered, [{ label: 'b', color: '#00ff00' }]);
  assert.equal(classes.isModified, false);
  classes.labels.names = ['a', 'b', 'gone'];
  assert.deepEqual(classes.regions.answered.map(({ color }) => color), ['#00ff00', '#0000FF'], 'they return with their labels');
});

test('scores of given regions are known by number, and no part of work or drafts', () => {
  const things = work(INSTANCES);
  give(things, "{src: 'mask.png', instances: [{color: '#010101', label: 'a', score: 0.4}, {color: '#020202', label: 'a', confidence: 0.9}, {color: '#030303', label: 'b', score: 'x'}]}", [0x010101, 0x020202]);
  assert.deepEqual([1, 2, 3, 4].map((number) => things.initial.scoreOf(number)), [0.4, 0.9, undefined, undefined]);
  assert.deepEqual(things.regions.answered, [{ label: 'a', color: '#010101' }, { label: 'a', color: '#020202' }]);
  paint(things, 3, 4);
  assert.ok(!JSON.stringify(things.save()).includes('score'));
});

test('a label never has the colour that the given mask has for another', () => {
  const classes = work(CLASSES);
  give(classes, "{src: 'mask.png', labelMappings: {b: {color: '#2CA02C'}}}", []);
  assert.notEqual(classes.labels.colorOf('a').toLowerCase(), '#2ca02c');
  assert.equal(classes.labels.colorOf('b'), '#2CA02C');
});

test('a given mask is modified by a stroke, and no more after undo or when it is painted back', () => {
  const things = work(INSTANCES);
  give(things, GIVEN_THINGS, [0x010101, 0x020202, 0x020202]);
  paint(things, 0, 1);
  assert.equal(things.isModified, true);
  things.undo();
  assert.equal(things.isModified, false);
  things.select(2);
  paint(things, 3, 4);
  things.select(undefined);
  things.mask?.fill(0, 3, 4, 0);
  things.commit();
  assert.equal(things.isModified, false);
  things.select(1);
  things.chooseLabel('b');
  assert.equal(things.isModified, true);
});

test('a mask of another size is stretched, told, and a modification', () => {
  const things = work(INSTANCES, ['a'], { width: 4, height: 2 });
  give(things, GIVEN_THINGS, [0x010101, 0x020202], { width: 2, height: 1 });
  assert.equal(row(things), '1122');
  assert.deepEqual([things.initial.misfit(things.mask)?.width, things.isModified], [2, true]);
});

test('pixels of colours that mean nothing are counted, but for what is clear, white or black', () => {
  const things = work(INSTANCES);
  give(things, GIVEN_THINGS, [0x010101, 0xffffff, 0x000000, -1, 0x123456]);
  assert.deepEqual([row(things), things.initial.loaded?.strange], ['100000', 1]);
});

test('a draft brings back mask, regions and colours, whichever comes first, the picture, the mask or the draft', () => {
  const worked = work(INSTANCES);
  give(worked, GIVEN_THINGS, [0x010101]);
  worked.chooseLabel('b');
  paint(worked, 3, 5);
  const draft = worked.save();
  const picture = (things: Segmentation): unknown => things.setPicture(SIZE);
  const given = (things: Segmentation): void => load(things, [0x010101]);
  const restored = (things: Segmentation): void => things.restore(draft);
  for (const steps of [[picture, given, restored], [restored, picture, given], [given, restored, picture], [picture, restored, given]]) {
    const things = new Segmentation(INSTANCES);
    things.labels.names = ['a', 'b'];
    things.readInitial(GIVEN_THINGS);
    for (const step of steps) step(things);
    assert.deepEqual(things.regions.answered, worked.regions.answered);
    assert.equal(row(things), row(worked));
    assert.deepEqual(things.save(), draft);
    assert.equal(things.isModified, true);
  }
});

test('what nobody has touched takes no room in a draft', () => {
  const things = work(INSTANCES);
  give(things, GIVEN_THINGS, [0x010101]);
  assert.deepEqual(things.save(), { mask: null, nothingToLabel: false });
});

test('the work stays when the picture goes and comes back', () => {
  const classes = work(CLASSES);
  paint(classes, 0, 3);
  classes.setPicture(undefined);
  assert.deepEqual(classes.regions.answered, []);
  classes.setPicture(SIZE);
  assert.equal(row(classes), '111000');
});

test('drafts that are none change nothing', () => {
  const classes = work(CLASSES);
  paint(classes, 0, 3);
  const { mask } = classes.save() as { mask: object };
  for (const saved of [null, 1, 'x', [], {}, { shapes: 1 }, { mask: 3 }, { mask: {} }, { mask: { ...mask, bands: ['!'] } }, { mask: { ...mask, regions: [1] } }, { mask: { ...mask, width: 5 } }, { mask: { ...mask, regions: [] } }]) {
    classes.restore(saved);
    assert.equal(row(classes), '111000', JSON.stringify(saved));
  }
});

test('reset brings back what the template gave', () => {
  const things = work(INSTANCES);
  give(things, GIVEN_THINGS, [0x010101]);
  things.decideNothing(true);
  paint(things, 0, 6);
  things.reset();
  assert.deepEqual([row(things), things.nothingToLabel, things.canUndo, things.isModified], ['100000', false, false, false]);
});

test('stepping goes over what is on screen, and hidden regions are counted', () => {
  const classes = work(CLASSES, ['a', 'b', 'c']);
  for (const [index, label] of ['a', 'b', 'c'].entries()) {
    classes.select(undefined);
    classes.chooseLabel(label);
    paint(classes, index, index + 1);
  }
  classes.labels.toggleHidden('b');
  assert.equal(classes.hiddenCount, 1);
  const steps: (number | undefined)[] = [];
  for (let index = 0; index < 3; index++) {
    const next = classes.neighbour(1);
    classes.select(next);
    steps.push(next);
  }
  assert.deepEqual(steps, [1, 3, undefined]);
});

test('without labels nothing can be painted', () => {
  const classes = work(CLASSES, []);
  paint(classes, 0, 3);
  assert.equal(row(classes), '000000');
});
