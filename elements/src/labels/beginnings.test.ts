import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abbreviations, beginnings } from './beginnings.ts';

const of = (...labels: string[]): string[] => labels.map((label) => beginnings(labels).get(label) as string);

test('three letters are enough where no other label begins with them', () => {
  assert.deepEqual(of('bicycle', 'ox', 'a cat', '車両番号', ''), ['bic', 'ox', 'a c', '車両番', '']);
});

test('labels that begin alike are read so far that they differ', () => {
  assert.deepEqual(of('pedestrian walking', 'pedestrian crossing', 'pedestrian', 'car'), ['pedestrian w', 'pedestrian c', 'pedestrian', 'car']);
  assert.deepEqual(of('person', 'persona', 'personal'), ['person', 'persona', 'personal']);
});

test('where they differ by a space, the next letter is read too', () => {
  assert.deepEqual(of('carp', 'car wash', 'car'), ['carp', 'car w', 'car']);
  assert.deepEqual(of('a  x', 'a b', 'a'), ['a  x', 'a b', 'a']);
});

test('letters are never cut in halves, and spaces around a label do not count', () => {
  assert.deepEqual(of('😀😀😀😀a', '😀😀😀😀b', '  truck'), ['😀😀😀😀a', '😀😀😀😀b', 'tru']);
});

test('whatever the labels, no two of them get the same beginning', () => {
  const words = ['pedestrian', 'ped', 'person', 'per son', 'cyclist', 'cycle', 'c y', 'bus', 'bus stop', 'bush'];
  const labels = words.flatMap((word) => words.map((other) => `${word} ${other}`)).concat(words);
  const found = beginnings(labels);
  assert.equal(new Set(found.values()).size, labels.length);
  for (const [label, beginning] of found) assert.ok(label.startsWith(beginning) && beginning.length >= Math.min(3, label.length));
});

test('thousands of labels are read at once, and one that is listed twice counts once', () => {
  const labels = Array.from({ length: 5000 }, (_, index) => `class ${index}`);
  assert.equal(beginnings([...labels, ...labels]).get('class 4999'), 'class 4999');
  assert.equal(beginnings(labels).get('class 77'), 'class 77');
});

const short = (...labels: string[]): (string | undefined)[] => {
  const found = abbreviations(beginnings(labels));
  return labels.map((label) => found.get(label));
};

test('what labels have in common is left out of their middles', () => {
  assert.deepEqual(short('pedestrian walking', 'pedestrian waiting', 'pedestrian with dog', 'car', 'carpet'), ['ped…wal', 'ped…wai', 'ped…wi', undefined, undefined]);
});

test('labels that would look alike without their middles keep them', () => {
  assert.deepEqual(short('pedestrian walking', 'pedestrian waiting', 'pedal boat walking', 'pedal boat waiting'), [undefined, undefined, undefined, undefined]);
});
