import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '../../base/geometry.ts';
import { inspect } from './inspection.ts';
import { fit, rectToScreen, type Viewport } from './viewport.ts';

const picture = { width: 2000, height: 1000 };
const screen = { width: 1000, height: 600 };
const whole = fit(picture, screen);
const rect = (left: number, top: number, width: number, height: number): Rect => ({ left, top, width, height });
const seen = (view: Viewport, part: Rect): number[] => Object.values(rectToScreen(view, part)).map(Math.round);

test('what is large enough on screen stays where it is', () => {
  assert.equal(inspect(whole, rect(100, 100, 300, 200), picture, screen), whole);
  assert.equal(inspect(whole, rect(0, 0, 2000, 1000), picture, screen), whole);
});

test('what is small is brought near, into the middle', () => {
  const small = rect(800, 500, 50, 20);
  assert.deepEqual(seen(inspect(whole, small, picture, screen), small), [325, 230, 350, 140]);
});

test('no pixel is larger than 16 of the screen', () => {
  assert.equal(inspect(whole, rect(1000, 500, 2, 2), picture, screen).scale, 16);
});

test('the next one stays where it is when it can be judged as it is seen', () => {
  const near = inspect(whole, rect(800, 500, 50, 20), picture, screen);
  assert.equal(inspect(near, rect(830, 510, 30, 20), picture, screen), near);
  const nearest = inspect(whole, rect(1000, 500, 2, 2), picture, screen);
  assert.equal(inspect(nearest, rect(1010, 505, 1, 1), picture, screen), nearest);
});

test('one beside the screen is brought there as large as those before', () => {
  const near = inspect(whole, rect(800, 500, 50, 20), picture, screen);
  const next = rect(400, 500, 40, 20);
  const view = inspect(near, next, picture, screen);
  assert.equal(view.scale, near.scale);
  assert.deepEqual(seen(view, next), [360, 230, 280, 140]);
});

test('one that is larger than the screen is seen as a whole, and nothing is smaller than the whole picture shows it', () => {
  const near = inspect(whole, rect(800, 500, 50, 20), picture, screen);
  const large = rect(500, 200, 700, 600);
  assert.deepEqual(inspect(near, large, picture, screen), whole);
});

test('a point is seen with what is around it', () => {
  const view = inspect(whole, rect(1000, 500, 0, 0), picture, screen);
  assert.equal(view.scale.toFixed(2), '1.26');
  assert.deepEqual(seen(view, rect(1000, 500, 0, 0)).slice(0, 2), [500, 300]);
});

test('on a small screen, less is large', () => {
  const small = { width: 320, height: 240 };
  const fitted = fit(picture, small);
  assert.equal(inspect(fitted, rect(0, 0, 430, 100), picture, small), fitted);
});
