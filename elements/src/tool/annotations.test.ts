import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Size } from '../base/geometry.ts';
import { readNumber, readText } from '../base/json-attributes.ts';
import { Fitting, type Fits } from '../picture/fitting.ts';
import { Annotations } from './annotations.ts';
import type { Item, ItemKind } from './item-list.ts';
import { describeLosses } from './losses.ts';

type Dot = Item & { x: number };

/** Dots on a line: 100 pixels of picture at most. */
const LINE: ItemKind<Dot> & Fits<Dot> = {
  answerKey: 'dots',
  read: (item, id) => ({ id, label: readText(item, 'label'), x: readNumber(item, 'x') }),
  same: (a, b) => a.label === b.label && a.x === b.x,
  bounds: ({ x }) => ({ left: x, top: 0, width: 0, height: 0 }),
  within: (dot, { width }) => (dot.x < -10 || dot.x > width + 10 ? undefined : dot.x < 0 ? { ...dot, x: 0 } : dot),
};

function dots(labels: string[], initial?: Dot[]): Annotations<Dot> & { setPicture(size: Size): void } {
  const fitting = new Fitting(LINE);
  const annotations = new Annotations<Dot>(LINE, fitting);
  annotations.labels.names = labels;
  annotations.setInitial(initial);
  const setPicture = (size: Size): void => void (fitting.setPicture(size) && annotations.refit());
  return Object.assign(annotations, { setPicture });
}

const dot = (id: number, label: string, x = 0): Dot => ({ id, label, x });

test('given shapes are unmodified until one changes, and again after undo', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'b')]);
  assert.equal(annotations.isModified, false);
  annotations.replace(dot(1, 'a', 9));
  assert.equal(annotations.isModified, true);
  annotations.undo();
  assert.equal(annotations.isModified, false);
});

test('a shape that was moved and moved back counts as unmodified', () => {
  const annotations = dots(['a'], [dot(1, 'a')]);
  annotations.replace(dot(1, 'a', 9));
  annotations.replace(dot(1, 'a', 0));
  assert.equal(annotations.isModified, false);
});

test('a new shape comes last, a changed one keeps its place', () => {
  const annotations = dots(['a'], [dot(1, 'a'), dot(2, 'a')]);
  annotations.add(dot(3, 'a'));
  annotations.replace(dot(1, 'a', 5));
  assert.deepEqual(annotations.items.map((shape) => [shape.id, shape.x]), [[1, 5], [2, 0], [3, 0]]);
});

test('shapes whose label does not exist are not part of the answer, and return with it', () => {
  const annotations = dots([], [dot(1, 'a')]);
  assert.deepEqual(annotations.items, []);
  annotations.labels.names = ['a'];
  assert.deepEqual(annotations.items.map(({ id }) => id), [1]);
  assert.equal(annotations.isModified, false);
});

test('choosing a label changes the selected shape', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a')]);
  annotations.select(1);
  annotations.chooseLabel('b');
  assert.equal(annotations.items[0]?.label, 'b');
});

test('choosing a label after drawing is for the shape that was drawn, and for the next one', () => {
  const annotations = dots(['a', 'b']);
  annotations.add(dot(1, 'a'));
  annotations.chooseLabel('b');
  assert.equal(annotations.items[0]?.label, 'b');
  assert.equal(annotations.labels.active, 'b');
  assert.deepEqual([annotations.selected?.id, annotations.isFresh], [1, true]);

  annotations.replace(dot(1, 'b', 4));
  assert.equal(annotations.isFresh, false, 'what was moved since is a shape like any other');
});

test('choosing a label with nothing selected is for the next shape', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a')]);
  annotations.mode = 'select';
  annotations.chooseLabel('b');
  assert.equal(annotations.items[0]?.label, 'a');
  assert.deepEqual([annotations.labels.active, annotations.mode], ['b', 'draw']);
});

test('a relabelled prediction has no score any more, a moved one keeps it', () => {
  const annotations = dots(['a', 'b'], [{ ...dot(1, 'a'), score: 0.8 }]);
  annotations.select(1);
  annotations.replace({ ...dot(1, 'a', 4), score: 0.8 });
  assert.equal(annotations.items[0]?.score, 0.8);
  annotations.chooseLabel('b');
  assert.equal(annotations.items[0]?.score, undefined);
  annotations.undo();
  assert.equal(annotations.items[0]?.score, 0.8);
});

test('a hidden label hides its shapes but not from the answer', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'b')]);
  annotations.select(1);
  annotations.labels.toggleHidden('a');
  assert.deepEqual(annotations.visible.map(({ id }) => id), [2]);
  assert.equal(annotations.items.length, 2);
  assert.equal(annotations.selected, undefined);
});

test('after a deletion, stepping goes on at the same place', () => {
  const annotations = dots(['a'], [dot(1, 'a'), dot(2, 'a'), dot(3, 'a')]);
  annotations.select(2);
  annotations.removeSelected();
  assert.deepEqual(annotations.items.map(({ id }) => id), [1, 3]);
  assert.equal(annotations.neighbour(1)?.id, 3);
});

test('stepping walks the shapes on screen and stops at the ends', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'b'), dot(3, 'a')]);
  annotations.labels.toggleHidden('b');
  assert.equal(annotations.neighbour(1)?.id, 1);
  annotations.select(1);
  assert.equal(annotations.neighbour(1)?.id, 3);
  annotations.select(3);
  assert.equal(annotations.neighbour(1), undefined);
  annotations.select(undefined);
  assert.equal(annotations.neighbour(-1)?.id, 3);
});

test('drawing something takes back "nothing to label"', () => {
  const annotations = dots(['a']);
  annotations.decideNothing(true);
  annotations.add(dot(1, 'a'));
  assert.equal(annotations.nothingToLabel, false);
});

const xs = (annotations: Annotations<Dot>): number[] => annotations.items.map(({ x }) => x);

test('shapes are cut to the picture or left out, whether they or the picture come first', () => {
  const early = dots(['a'], [dot(1, 'a', -5), dot(2, 'a', 50), dot(3, 'a', 300)]);
  assert.deepEqual(xs(early), [-5, 50, 300]);
  early.setPicture({ width: 100, height: 1 });
  const late = dots(['a']);
  late.setPicture({ width: 100, height: 1 });
  late.setInitial([dot(1, 'a', -5), dot(2, 'a', 50), dot(3, 'a', 300)]);
  for (const annotations of [early, late]) {
    assert.deepEqual(xs(annotations), [0, 50]);
    assert.deepEqual(annotations.losses, { cut: 1, outside: 1, unreadable: 0, unlisted: 0 });
    assert.equal(annotations.isModified, true);
  }
});

test('another picture shows the given shapes as they lie in it', () => {
  const annotations = dots(['a'], [dot(1, 'a', 105), dot(2, 'a', 300)]);
  annotations.setPicture({ width: 100, height: 1 });
  assert.deepEqual(xs(annotations), [105]);
  annotations.setPicture({ width: 400, height: 1 });
  assert.deepEqual(xs(annotations), [105, 300]);
  assert.equal(annotations.isModified, false);
});

test('a shape that was cut is changed, deleted and brought back like any other', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a', -5), dot(2, 'a', 50)]);
  annotations.setPicture({ width: 100, height: 1 });
  annotations.select(1);
  assert.equal(annotations.selected, annotations.items[0]);
  annotations.chooseLabel('b');
  assert.deepEqual(annotations.items[0], dot(1, 'b', 0));
  annotations.removeSelected();
  assert.deepEqual(xs(annotations), [50]);
  annotations.undo();
  annotations.undo();
  assert.deepEqual(annotations.items[0], dot(1, 'a', 0));
});

test("an earlier visit's shapes are kept in the picture too", () => {
  const annotations = dots(['a'], []);
  annotations.setPicture({ width: 100, height: 1 });
  annotations.restore({ shapes: [{ label: 'a', x: -5 }, { label: 'a', x: 500 }], nothingToLabel: false });
  assert.deepEqual(xs(annotations), [0]);
});

test('an item that could not be read is a change; a label that is not listed is none', () => {
  const annotations = dots(['a']);
  annotations.setInitial([dot(1, 'a')], 2);
  assert.equal(annotations.isModified, true);
  annotations.reset();
  assert.equal(annotations.losses.unreadable, 2);
  annotations.setInitial([dot(1, 'a'), dot(2, 'z')]);
  assert.deepEqual(annotations.losses, { cut: 0, outside: 0, unreadable: 0, unlisted: 1 });
  assert.equal(annotations.isModified, false);
});

const WORDS = { cut: 'cut at the edge of the picture', outside: 'with no length' };

test('losses are described in a line', () => {
  const none = { cut: 0, outside: 0, unreadable: 0, unlisted: 0 };
  assert.equal(describeLosses(none, 'boxes', WORDS), '');
  assert.equal(describeLosses({ ...none, cut: 2 }, 'boxes', WORDS), 'Given boxes: 2 cut at the edge of the picture.');
  assert.equal(
    describeLosses({ cut: 1, outside: 2, unreadable: 3, unlisted: 4 }, 'lines', WORDS),
    'Given lines: 1 cut at the edge of the picture; left out: 2 with no length, 3 that cannot be read, 4 with a label that is not listed.',
  );
});

test('filters hide items without taking them from the answer, and what is hidden is not selected', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a', 1), dot(2, 'b', 2), dot(3, 'a', 3)]);
  annotations.select(3);

  annotations.setFilter('near', ({ x }) => x < 3);
  annotations.setFilter('second', ({ id }) => id !== 2);

  assert.deepEqual(annotations.visible.map(({ id }) => id), [1]);
  assert.equal(annotations.visible, annotations.visible, 'the list is another one each time');
  assert.equal(annotations.count, 3);
  assert.equal(annotations.selected, undefined);

  annotations.setFilter('near', undefined);
  assert.deepEqual(annotations.visible.map(({ id }) => id), [1, 3]);

  annotations.labels.toggleHidden('a');
  assert.deepEqual(annotations.visible, []);
});

const ids = (items: readonly Dot[]): number[] => items.map(({ id }) => id);

test('several items are relabelled and deleted in one step each', () => {
  const annotations = dots(['a', 'b'], [{ ...dot(1, 'a'), score: 0.4 }, dot(2, 'a'), dot(3, 'a')]);
  annotations.selectSeveral([2, 1]);
  assert.deepEqual([annotations.selected?.id, ids(annotations.selectedItems), annotations.isSeveral], [1, [1, 2], true]);
  annotations.chooseLabel('b');
  assert.deepEqual(annotations.items.map(({ label, score }) => [label, score]), [['b', undefined], ['b', undefined], ['a', undefined]]);
  annotations.removeSelected();
  assert.deepEqual(ids(annotations.items), [3]);
  annotations.undo();
  assert.deepEqual(annotations.items.map(({ label }) => label), ['b', 'b', 'a']);
  annotations.undo();
  assert.deepEqual(annotations.items.map(({ label, score }) => [label, score]), [['a', 0.4], ['a', undefined], ['a', undefined]]);
  assert.equal(annotations.canUndo, false);
});

test('an item is added to what is selected, and taken away', () => {
  const annotations = dots(['a'], [dot(1, 'a'), dot(2, 'a'), dot(3, 'a')]);
  annotations.toggleSelected(2);
  annotations.toggleSelected(3);
  annotations.toggleSelected(1);
  assert.deepEqual([annotations.selected?.id, ids(annotations.selectedItems)], [1, [1, 2, 3]]);
  annotations.toggleSelected(1);
  assert.deepEqual([annotations.selected?.id, ids(annotations.selectedItems)], [3, [2, 3]]);
  annotations.select(1);
  assert.deepEqual([ids(annotations.selectedItems), annotations.isSeveral], [[1], false]);
});

test('what is hidden or undone leaves a selection of several, and the rest stays selected', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'b'), dot(3, 'a')]);
  annotations.add(dot(4, 'a'));
  annotations.selectSeveral([1, 3, 2, 4]);
  annotations.undo();
  assert.deepEqual([annotations.selected?.id, ids(annotations.selectedItems)], [2, [1, 2, 3]]);
  annotations.labels.toggleHidden('b');
  assert.deepEqual([annotations.selected?.id, ids(annotations.selectedItems)], [3, [1, 3]]);
  annotations.marks.toggleHidden([1, 3]);
  assert.equal(annotations.selected, undefined);
});

test('a locked item is neither changed nor deleted nor reached, also among others', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'a')]);
  annotations.marks.toggleLocked([1]);
  assert.deepEqual(ids(annotations.reachable), [2]);
  annotations.select(1);
  assert.equal(annotations.editable, undefined);
  annotations.replace(dot(1, 'a', 9));
  annotations.chooseLabel('b');
  annotations.removeSelected();
  assert.deepEqual(annotations.items, [dot(1, 'a'), dot(2, 'a')]);
  assert.equal(annotations.canUndo, false);
  annotations.selectSeveral([1, 2]);
  annotations.chooseLabel('b');
  assert.deepEqual(annotations.items.map(({ label }) => label), ['a', 'b']);
  annotations.selectSeveral([1, 2]);
  annotations.removeSelected();
  assert.deepEqual(ids(annotations.items), [1]);
  annotations.marks.toggleLocked([1]);
  annotations.select(1);
  annotations.removeSelected();
  assert.deepEqual(annotations.items, []);
});

test('of several, some locked, all are locked before all are unlocked', () => {
  const { marks } = dots(['a'], [dot(1, 'a'), dot(2, 'a')]);
  marks.toggleLocked([1]);
  marks.toggleLocked([1, 2]);
  assert.deepEqual([marks.isLocked(1), marks.isLocked(2)], [true, true]);
  marks.toggleLocked([1, 2]);
  assert.deepEqual([marks.isLocked(1), marks.isLocked(2)], [false, false]);
});

test('an item hidden by itself stays in the answer, and is shown again with everything', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'b')]);
  annotations.marks.toggleHidden([1]);
  assert.deepEqual([ids(annotations.visible), annotations.count, annotations.hiddenCount, annotations.isModified], [[2], 2, 1, false]);
  assert.equal(annotations.labels.anyHidden, true);
  annotations.labels.toggleAllHidden();
  assert.deepEqual(ids(annotations.visible), [1, 2]);
  annotations.labels.toggleAllHidden();
  assert.deepEqual(ids(annotations.visible), []);
  annotations.marks.toggleHidden([1]);
  annotations.labels.toggleAllHidden();
  assert.deepEqual(ids(annotations.visible), [1, 2]);
});

test('a draft keeps what is locked and hidden; drafts without it come back as they were', () => {
  const annotations = dots(['a'], [dot(1, 'a', 1), dot(2, 'a', 2), dot(3, 'a', 3)]);
  assert.deepEqual(Object.keys(annotations.save() as object), ['shapes', 'nothingToLabel']);
  annotations.marks.toggleLocked([3]);
  annotations.marks.toggleHidden([1]);
  const saved = annotations.save();
  const later = dots(['a'], []);
  later.restore(saved);
  assert.deepEqual(xs(later), [1, 2, 3]);
  assert.deepEqual(later.visible.map(({ x }) => x), [2, 3]);
  assert.deepEqual(later.reachable.map(({ x }) => x), [2]);
  later.restore({ shapes: [{ label: 'a', x: 7 }] });
  assert.deepEqual([xs(later), later.reachable.map(({ x }) => x)], [[7], [7]]);
  later.restore({ ...(saved as object), hidden: [0, 99, -1, 'x'], locked: 'all' });
  assert.deepEqual(later.reachable.map(({ x }) => x), [2, 3]);
  later.reset();
  assert.equal(later.marks.any, false);
});

test('items that are added together are undone together, and take back "nothing to label" until then', () => {
  const annotations = dots(['a'], []);
  annotations.decideNothing(true);
  annotations.addAll([dot(1, 'a', 1), dot(2, 'a', 2)]);
  assert.deepEqual([xs(annotations), annotations.nothingToLabel, ids(annotations.selectedItems)], [[1, 2], false, [1, 2]]);
  annotations.undo();
  assert.deepEqual([xs(annotations), annotations.nothingToLabel], [[], true]);
  annotations.undo();
  assert.equal(annotations.nothingToLabel, false);
  annotations.redo();
  assert.equal(annotations.nothingToLabel, true);
  annotations.decideNothing(false);
  annotations.undo();
  assert.deepEqual([annotations.nothingToLabel, annotations.isModified], [true, false]);
});

test('of those that are deleted at once the locked ones stay', () => {
  const annotations = dots(['a'], [dot(1, 'a'), dot(2, 'a'), dot(3, 'a')]);
  annotations.marks.toggleLocked([2]);
  assert.equal(annotations.removeAll(({ id }) => id > 1), 1);
  assert.deepEqual(annotations.items.map(({ id }) => id), [1, 2]);
  assert.equal(annotations.removeAll(({ id }) => id > 1), 0);
});
