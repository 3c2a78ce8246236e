import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../frame/protocol.ts';
import { differInScore, ScoreFilter } from './score-filter.ts';

const scored = (label: string, score?: number) => (score === undefined ? { label } : { label, score });

test('what is at least as sure passes, and what has no score', () => {
  const filter = new ScoreFilter();
  assert.equal(filter.passes(scored('car', 0)), true);
  filter.set(0.4);
  assert.deepEqual([0.39, 0.4, 39.9, 40, undefined].map((score) => filter.passes(scored('car', score))), [false, true, false, true, true]);
});

test('a label can have a value of its own, which stays when that of all changes', () => {
  const filter = new ScoreFilter();
  filter.set(0.6, 'car');
  filter.set(0.2);
  assert.deepEqual([filter.from('car'), filter.from('person'), filter.from()], [0.6, 0.2, 0.2]);
  assert.deepEqual([filter.passes(scored('car', 0.5)), filter.passes(scored('person', 0.5))], [false, true]);
});

test('a label that is given the value of all follows it again', () => {
  const filter = new ScoreFilter();
  filter.set(0.6, 'car');
  filter.set(0.6);
  filter.set(0.1);
  assert.deepEqual([filter.hasOwn('car'), filter.from('car')], [false, 0.1]);
});

test('values are hundredths from 0 to 1', () => {
  const filter = new ScoreFilter();
  for (const [value, kept] of [[0.1 + 0.2, 0.3], [-1, 0], [7, 1]] as const) {
    filter.set(value);
    assert.equal(filter.from(), kept);
  }
});

test('it can be saved and put back', () => {
  const filter = new ScoreFilter();
  filter.set(0.25);
  filter.set(0.5, '__proto__');
  const saved = JSON.parse(JSON.stringify(filter.save())) as Json;
  const other = new ScoreFilter();
  other.restore(saved);
  assert.deepEqual([other.from(), other.from('__proto__'), other.isActive], [0.25, 0.5, true]);
});

test('what cannot have been saved changes nothing but what it is clear about', () => {
  for (const saved of [null, 3, [], 'x', { from: 'x' }, { from: 7 }, { from: -1, labels: { car: '1', bus: 2 } }, { labels: [1] }] as Json[]) {
    const filter = new ScoreFilter();
    filter.restore(saved);
    assert.equal(filter.isActive, false);
  }
});

test('scores differ where there are two', () => {
  assert.equal(differInScore([]), false);
  assert.equal(differInScore([scored('a', 0.5), scored('b'), scored('c', 50)]), false);
  assert.equal(differInScore([scored('b'), scored('a', 0.5), scored('c', 0.51)]), true);
});
