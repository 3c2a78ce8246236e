import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabelSet } from './label-set.ts';

test('what was chosen is known, the last one first; what is chosen by itself is no choice', () => {
  const labels = new LabelSet(() => {});
  labels.names = ['a', 'b', 'c'];
  assert.equal(labels.active, 'a');
  assert.deepEqual(labels.recent, []);
  for (const name of ['b', 'c', 'b']) labels.choose(name);
  assert.deepEqual(labels.recent, ['b', 'c']);
  assert.deepEqual(['a', 'b'].map((name) => labels.wasChosen(name)), [false, true]);
});

test('a label without a name is none, and the others keep the colours of their positions', () => {
  const labels = new LabelSet(() => {});
  labels.names = ['', 'a', 'b'];
  labels.colors = ['#000001', '#000002', '#000003'];
  assert.deepEqual(labels.names, ['a', 'b']);
  assert.equal(labels.active, 'a');
  assert.deepEqual(['a', 'b'].map((name) => labels.colorOf(name)), ['#000002', '#000003']);
});
