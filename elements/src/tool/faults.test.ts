import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabelSet } from '../labels/label-set.ts';
import { faultsOf } from './faults.ts';

function labelsOf(...names: string[]): LabelSet {
  const labels = new LabelSet(() => {});
  labels.names = names;
  return labels;
}

test('a tool without labels is told, whatever it is given', () => {
  const expected = ['The element crowd-keypoint has no labels, so that nothing can be labelled with it: its attribute labels has to list them.'];
  assert.deepEqual(faultsOf('crowd-keypoint', { labels: labelsOf(), unlisted: ['a'] }), expected);
});

test('labels that are given and not listed are named, a few of them', () => {
  const unlisted = ['a "b"', '<c>', 'd', 'e', 'f', 'g', 'h'];
  const [fault] = faultsOf('crowd-bounding-box', { labels: labelsOf('x'), unlisted });

  assert.ok(fault?.startsWith('The initial-value of crowd-bounding-box has labels that are not in its labels: "a \\"b\\"", "<c>", "d", "e", "f", and 2 more.'));
});

test('where everything is listed, or a kind of work knows no such thing, nothing is told', () => {
  assert.deepEqual([faultsOf('t', { labels: labelsOf('x'), unlisted: [] }), faultsOf('t', { labels: labelsOf('x') })], [[], []]);
});
