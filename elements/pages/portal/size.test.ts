import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonWithin, storageError } from './size.ts';

const MOST = 20 * 1024 * 1024;
const AROUND = '{"x":""}'.length;

for (const character of ['a', 'é', '日', '😀']) {
  const bytes = Buffer.byteLength(character);
  const filled = (size: number) => ({ x: character.repeat(Math.floor((size - AROUND) / bytes)) });

  test(`a draft of ${character} may have as many bytes as the server takes`, () => {
    assert.equal(storageError('draft', filled(MOST)), undefined);
  });

  test(`a longer one of ${character} is refused with its size`, () => {
    assert.match(storageError('draft', filled(MOST + 4))!, /^the draft has 20,971,52[1-4] bytes; at most 20,971,520 can be kept$/);
  });
}

test('what is no JSON is refused', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  assert.equal(storageError('answer', circle), 'the answer is not JSON');
});

test('what a small message says without end is refused at once', () => {
  let doubled: unknown[] = ['x'];
  for (let time = 0; time < 40; time += 1) doubled = [doubled, doubled];
  const holes: unknown[] = [];
  holes.length = 2 ** 32 - 1;
  const text = 'x'.repeat(1_000_000);

  for (const value of [doubled, holes, Array(2000).fill(text), { deep: { holes } }]) {
    assert.equal(storageError('answer', { value }), 'the answer has more than 41,943,040 bytes; at most 20,971,520 can be kept');
  }
});

test('bytes are no JSON, and what JSON leaves out is not counted', () => {
  assert.equal(storageError('answer', { bytes: new Uint8Array(100_000_000) }), 'the answer is not JSON');
  assert.equal(storageError('answer', Object.fromEntries([['x'.repeat(MOST * 3), undefined]])), undefined);
});

test('what fits into so many bytes is had as JSON', () => {
  assert.equal(jsonWithin('日'.repeat(4), 14), JSON.stringify('日'.repeat(4)));
  assert.deepEqual([jsonWithin('日'.repeat(4), 13), jsonWithin({ a: 'é'.repeat(4) }, 15), jsonWithin(new Uint8Array(1), 99), jsonWithin(1n, 99)], Array(4).fill(undefined));
  const circle: unknown[] = [];
  circle.push(circle);
  assert.equal(jsonWithin(circle, 4096), undefined);
});
