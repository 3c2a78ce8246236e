import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Liked } from './liked.ts';

const LARGE = 'x'.repeat(4000);

test('what is kept is JSON, and only news is told', () => {
  const liked = new Liked();

  const told = [liked.keep('mode', 'draw'), liked.keep('mode', 'draw'), liked.keep('keys', { a: 'b' }), liked.keep('other', null)];

  assert.deepEqual(told, ['"draw"', undefined, '{"a":"b"}', undefined]);
  assert.deepEqual(liked.values, { mode: 'draw', keys: { a: 'b' } });
});

test('null forgets', () => {
  const liked = new Liked();
  liked.keep('mode', 'draw');

  assert.equal(liked.keep('mode', null), 'null');
  assert.deepEqual(liked.values, {});
});

test('what is no JSON, too large or too deep is left', () => {
  const liked = new Liked();
  let deep: unknown = 1;
  for (let level = 0; level < 33; level += 1) deep = [deep];
  const circle: unknown[] = [];
  circle.push(circle);
  liked.keep('mode', 'draw');

  const told = [deep, circle, 'x'.repeat(4095), new Uint8Array(9), 1n].map((value) => liked.keep('mode', value));

  assert.deepEqual(told, Array(5).fill(undefined));
  assert.deepEqual(liked.values, { mode: 'draw' });
});

test('all together they have their limits, and what is forgotten makes room', () => {
  const liked = new Liked();
  for (let number = 0; number < 5; number += 1) liked.keep(`a${number}`, LARGE);
  assert.deepEqual(Object.keys(liked.values), ['a0', 'a1', 'a2', 'a3']);

  liked.keep('a0', null);
  liked.keep('a4', LARGE);
  assert.deepEqual(Object.keys(liked.values), ['a1', 'a2', 'a3', 'a4']);

  for (let number = 0; number < 60; number += 1) liked.keep(`b${number}`, 1);
  assert.equal(Object.keys(liked.values).length, 40);
});

test('names that objects have of their own are names as others', () => {
  const liked = new Liked();

  assert.equal(liked.keep('constructor', 1), '1');
  assert.deepEqual(Object.entries(liked.values), [['constructor', 1]]);
});
