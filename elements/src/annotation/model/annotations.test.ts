import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Annotations, type Shape } from './annotations.ts';

type Dot = Shape & { x: number };

function dots(labels: string[], given?: Dot[]): Annotations<Dot> {
  const annotations = new Annotations<Dot>((a, b) => a.label === b.label && a.x === b.x);
  annotations.labels = labels;
  annotations.give(given);
  return annotations;
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
  assert.deepEqual(annotations.shapes.map((shape) => [shape.id, shape.x]), [[1, 5], [2, 0], [3, 0]]);
});

test('shapes whose label does not exist are not part of the answer, and return with it', () => {
  const annotations = dots([], [dot(1, 'a')]);
  assert.deepEqual(annotations.shapes, []);
  annotations.labels = ['a'];
  assert.deepEqual(annotations.shapes.map(({ id }) => id), [1]);
  assert.equal(annotations.isModified, false);
});

test('choosing a label changes the selected shape', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a')]);
  annotations.select(1);
  annotations.chooseLabel('b');
  assert.equal(annotations.shapes[0]?.label, 'b');
});

test('choosing a label after drawing is for the next shape', () => {
  const annotations = dots(['a', 'b']);
  annotations.add(dot(1, 'a'));
  annotations.chooseLabel('b');
  assert.equal(annotations.shapes[0]?.label, 'a');
  assert.equal(annotations.activeLabel, 'b');
  assert.equal(annotations.selected, undefined);
});

test('a relabelled prediction has no score any more, a moved one keeps it', () => {
  const annotations = dots(['a', 'b'], [{ ...dot(1, 'a'), score: 0.8 }]);
  annotations.select(1);
  annotations.replace({ ...dot(1, 'a', 4), score: 0.8 });
  assert.equal(annotations.shapes[0]?.score, 0.8);
  annotations.chooseLabel('b');
  assert.equal(annotations.shapes[0]?.score, undefined);
  annotations.undo();
  assert.equal(annotations.shapes[0]?.score, 0.8);
});

test('a hidden label hides its shapes but not from the answer', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'b')]);
  annotations.select(1);
  annotations.toggleHidden('a');
  assert.deepEqual(annotations.visible.map(({ id }) => id), [2]);
  assert.equal(annotations.shapes.length, 2);
  assert.equal(annotations.selected, undefined);
});

test('after a deletion, stepping goes on at the same place', () => {
  const annotations = dots(['a'], [dot(1, 'a'), dot(2, 'a'), dot(3, 'a')]);
  annotations.select(2);
  annotations.removeSelected();
  assert.deepEqual(annotations.shapes.map(({ id }) => id), [1, 3]);
  assert.equal(annotations.neighbour(1)?.id, 3);
});

test('stepping walks the shapes on screen and stops at the ends', () => {
  const annotations = dots(['a', 'b'], [dot(1, 'a'), dot(2, 'b'), dot(3, 'a')]);
  annotations.toggleHidden('b');
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
  annotations.nothingToLabel = true;
  annotations.add(dot(1, 'a'));
  assert.equal(annotations.nothingToLabel, false);
});
