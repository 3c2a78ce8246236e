import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '../../base/geometry.ts';
import type { TagPlace } from '../shapes/figure.ts';
import { labelRect } from './label-place.ts';

const SCREEN = { width: 600, height: 400 };
const SIZE = { width: 100, height: 20 };

const rect = (left: number, top: number, width: number, height: number): Rect => ({ left, top, width, height });

function about(left: number, top: number, width: number, height: number): TagPlace {
  const middle = left + width / 2;
  return { bounds: rect(left, top, width, height), above: middle, below: middle, left: top + 9, right: top + 9, hasInside: true };
}

test('the label stands above the shape and its handles, at the edge of the screen below or beside it', () => {
  assert.deepEqual(labelRect(about(200, 200, 40, 40), SIZE, SCREEN, 8), rect(170, 169, 100, 20));
  assert.deepEqual(labelRect(about(200, 10, 40, 40), SIZE, SCREEN, 8), rect(170, 61, 100, 20));
  assert.deepEqual(labelRect(about(200, 10, 40, 380), SIZE, SCREEN, 8), rect(251, 9, 100, 20));
  assert.deepEqual(labelRect(about(540, 10, 40, 380), SIZE, SCREEN, 8), rect(429, 9, 100, 20));
});

test('the label is never cut', () => {
  assert.deepEqual(labelRect(about(2, 200, 10, 10), SIZE, SCREEN, 8).left, 0);
  assert.deepEqual(labelRect(about(590, 200, 10, 10), SIZE, SCREEN, 8).left, 500);
  assert.deepEqual(labelRect(about(-400, -400, 2000, 2000), SIZE, SCREEN, 8), rect(500, 0, 100, 20));
});

test('the label keeps off what else is at work', () => {
  const taken = [rect(150, 160, 140, 30)];
  assert.deepEqual(labelRect(about(200, 200, 40, 40), SIZE, SCREEN, 8, taken).top, 251);
});

test('where no place is free, the one that covers least is taken', () => {
  const shape = about(-20, 5, 630, 390);
  assert.deepEqual(labelRect(shape, SIZE, { width: 600, height: 400 }, 0).height, 20);
  assert.equal(labelRect(about(0, 30, 600, 385), { width: 100, height: 40 }, SCREEN, 0).top, 0);
});

test('a label that is larger than the screen begins on it', () => {
  assert.deepEqual(labelRect(about(5, 5, 10, 10), { width: 900, height: 20 }, SCREEN, 8).left, 0);
});
