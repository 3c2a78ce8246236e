import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEAST_HEIGHT, heightFor } from './room.ts';

test('a tool alone fills the window', () => assert.equal(heightFor(800, 0), 800));

test('a tool leaves room for what stands beside it', () => assert.equal(heightFor(800, 250.4), 549));

test('where not everything fits, the tool is large and what follows begins in sight', () => {
  assert.equal(heightFor(800, 500), 560);
  assert.equal(heightFor(450, 300), LEAST_HEIGHT);
});
