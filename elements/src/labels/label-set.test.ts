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
