import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from './label.ts';
import { fitOf, LabelSearch } from './label-search.ts';

const search = new LabelSearch(['sports car', 'scar', 'Card', 'Éclair', 'car', 'race-car', 'scar'].map(labelOf));
const names = (query: string, before: string[] = [], most = 9): string[] => search.find(query, before, most).shown.map(({ name }) => name);

test('a label fits by its beginning, by that of a word, or anywhere', () => {
  assert.deepEqual(['car pool', 'oscar car', 'scar', 'cat'].map((text) => fitOf(text, 'car')), [0, 1, 2, undefined]);
});

test('what begins so comes first, then words that do, then the rest, each in the order of the template', () => {
  assert.deepEqual(names('car'), ['Card', 'car', 'sports car', 'race-car', 'scar']);
});

test('case and accents do not matter, nor blanks around it', () => {
  assert.deepEqual(names(' ECL '), ['Éclair']);
});

test('without a query all are there, those that were used first, each once', () => {
  assert.deepEqual(names('', ['car', 'gone', 'scar']), ['car', 'scar', 'sports car', 'Card', 'Éclair', 'race-car']);
});

test('what was used goes before what fits as well, not before what fits better', () => {
  assert.deepEqual(names('car', ['scar', 'car']), ['car', 'Card', 'sports car', 'race-car', 'scar']);
});

test('the first so many are shown, the others counted', () => {
  const many = new LabelSearch(Array.from({ length: 10_000 }, (_, index) => labelOf(`label ${index}`)));
  const { shown, left } = many.find('label 99', [], 50);
  assert.equal(shown.length, 50);
  assert.equal(shown[0]?.name, 'label 99');
  assert.equal(left, 111 - 50);
});
