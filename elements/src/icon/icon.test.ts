import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaningOf } from './name.ts';
import { shelfOf, SHELVES } from './shelf.ts';

test('a name may say of which set it is', () => {
  assert.deepEqual(['star', ' icons:star ', 'av:play-arrow', '3d-rotation'].map(meaningOf), [
    { name: 'star' },
    { name: 'star' },
    { name: 'play-arrow' },
    { name: '3d-rotation' },
  ]);
});

test('what is no name is an address', () => {
  const addresses = ['https://example.com/star.svg', 'star.svg', '/star', 'data:image/svg+xml,x', '★'];
  assert.deepEqual(addresses.map(meaningOf), addresses.map((address) => ({ address })));
});

test('nothing means nothing', () => {
  assert.equal(meaningOf('  '), undefined);
});

test('every name has a shelf', () => {
  for (const name of ['', 'star', '★'.repeat(1000)]) assert.ok(shelfOf(name) >= 0 && shelfOf(name) < SHELVES);
});
