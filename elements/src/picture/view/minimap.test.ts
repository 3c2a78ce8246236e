import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOn, freeCorner, fromMap, isOfUse, mapSize, placeOf } from './minimap.ts';
import { fit, zoom } from './viewport.ts';

const picture = { width: 4000, height: 3000 };
const screen = { width: 800, height: 600 };
const map = { width: 160, height: 120 };

test('a map is of use while a part of the picture is not seen, on a screen that has room for it', () => {
  const fitted = fit(picture, screen);
  assert.equal(isOfUse(fitted, picture, screen), false);
  assert.equal(isOfUse(zoom(fitted, 2, { x: 400, y: 300 }, picture, screen), picture, screen), true);
  assert.equal(isOfUse({ scale: fitted.scale, x: -50, y: fitted.y }, picture, screen), true);

  assert.equal(isOfUse({ scale: 1, x: 0, y: 0 }, picture, { width: 390, height: 600 }), false);
  assert.equal(isOfUse({ scale: 1, x: 0, y: 0 }, picture, { width: 800, height: 200 }), false);
});

test('it has the shape of the picture, and a very long one is still a stripe', () => {
  assert.deepEqual(mapSize(picture, { width: 1200, height: 800 }), { width: 176, height: 132 });
  assert.deepEqual(mapSize({ width: 3000, height: 4000 }, { width: 1200, height: 800 }), { width: 99, height: 132 });
  assert.deepEqual(mapSize(picture, { width: 520, height: 600 }), { width: 130, height: 98 });
  assert.deepEqual(mapSize({ width: 10000, height: 10 }, { width: 1200, height: 800 }), { width: 176, height: 16 });
});

test('the frame is what is seen, cut to the picture, and never too small to be found', () => {
  assert.deepEqual(frameOn(map, { scale: 1, x: -1000, y: -600 }, picture, screen), { left: 40, top: 24, width: 32, height: 24 });
  assert.deepEqual(frameOn(map, fit(picture, screen), picture, screen), { left: 0, top: 0, width: 160, height: 120 });
  assert.deepEqual(frameOn(map, { scale: 40, x: -4000 * 40 + 400, y: 300 }, picture, screen), { left: 156, top: 0, width: 4, height: 4 });
});

test('a point of the map is one of the picture', () => {
  assert.deepEqual(fromMap(map, { x: 80, y: 30 }, picture), { x: 2000, y: 750 });
});

test('it lies in a corner, and goes to another one where it would be in the way', () => {
  assert.deepEqual(placeOf('bottom-right', map, screen), { left: 628, top: 468, ...map });
  assert.deepEqual(placeOf('top-left', map, screen), { left: 12, top: 12, ...map });

  const at = (left: number, top: number, width = 0, height = 0): ReturnType<typeof freeCorner> => freeCorner('bottom-right', map, screen, { left, top, width, height });
  assert.equal(at(100, 100), 'bottom-right');
  assert.equal(at(700, 500), 'bottom-left');
  assert.equal(at(0, 400, 800, 200), 'top-left');
  assert.equal(at(0, 0, 800, 600), 'bottom-right');
  assert.equal(freeCorner('top-left', map, screen, { left: 700, top: 500, width: 1, height: 1 }), 'top-left');
});
