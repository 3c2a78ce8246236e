import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Load } from './load.ts';

/** How many of so many messages, each so long after the last and so long in work, are taken before one is too many; all if none is. */
function taken(count: number, { every, work }: { every: number; work: number }): number {
  let now = 0;
  const load = new Load(() => now);
  for (let message = 0; message < count; message += 1) {
    if (load.exceededBy(() => (now += work))) return message;
    now += every;
  }
  return count;
}

test('a page may say much, and for as long as it likes', () => {
  assert.equal(taken(20_000, { every: 2, work: 0.1 }), 20_000);
});

test('a draft may be large, and one that takes seconds comes alone', () => {
  assert.equal(taken(100, { every: 900, work: 100 }), 100);
  assert.equal(taken(20, { every: 27_000, work: 3000 }), 20);
});

test('a draft that takes seconds may be followed at once by what is small', () => {
  let now = 0;
  const load = new Load(() => now);
  for (const work of [3500, 10, 10, 10]) assert.equal(load.exceededBy(() => (now += work)), false);
});

test('a page that sends without end is one too many', () => {
  assert.equal(taken(20_000, { every: 0, work: 0.01 }), 4000);
});

test('so is one that leaves the portal no time, or little for long', () => {
  assert.equal(taken(1000, { every: 4, work: 50 }), 72);
  assert.equal(taken(1000, { every: 50, work: 50 }), 203);
  assert.equal(taken(20, { every: 4, work: 3000 }), 2);
  assert.equal(taken(100, { every: 500, work: 1000 }), 7);
  assert.equal(taken(20, { every: 500, work: 10_000 }), 2);
});
