import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fit, focus, lookAt, natural, pan, resized, reveal, toPicture, toScreen, zoom, type Viewport } from './viewport.ts';

const picture = { width: 1000, height: 500 };
const screen = { width: 532, height: 432 };

const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test('a fitted picture fills the screen but for a margin, in the middle', () => {
  assert.deepEqual(fit(picture, screen), { scale: 0.5, x: 16, y: 91 });
});

test('the way to the screen and back ends where it began', () => {
  const view: Viewport = { scale: 0.7, x: -13, y: 29 };
  const there = toScreen(view, { x: 123, y: 456 });
  const back = toPicture(view, there);
  near(back.x, 123);
  near(back.y, 456);
});

test('zooming keeps the point under the cursor', () => {
  const view = fit(picture, screen);
  const cursor = { x: 200, y: 150 };
  const before = toPicture(view, cursor);
  const after = toPicture(zoom(view, 3, cursor, picture, screen), cursor);
  near(after.x, before.x);
  near(after.y, before.y);
});

test('zoom ends at 40 screen pixels per picture pixel and at half the fitted size', () => {
  const view = fit(picture, screen);
  assert.equal(zoom(view, 1e6, { x: 0, y: 0 }, picture, screen).scale, 40);
  assert.equal(zoom(view, 1e-6, { x: 0, y: 0 }, picture, screen).scale, 0.25);
});

test('a picture cannot be moved off the screen', () => {
  const moved = pan(fit(picture, screen), 1e6, -1e6, picture, screen);
  assert.deepEqual(moved, { scale: 0.5, x: 532 - 64, y: 64 - 250 });
});

test('a shape that is on screen moves nothing; one outside is brought in', () => {
  const view: Viewport = { scale: 2, x: 0, y: 0 };
  assert.equal(reveal(view, { left: 20, top: 20, width: 50, height: 50 }, picture, screen), view);
  const shown = reveal(view, { left: 400, top: 20, width: 50, height: 50 }, picture, screen);
  assert.deepEqual(shown, { scale: 2, x: 532 - 16 - 900, y: 0 });
});

test('a part in focus lies in the middle and takes its share of the screen, up to the largest scale', () => {
  const view = focus({ left: 100, top: 100, width: 50, height: 20 }, 0.5, picture, screen);
  assert.equal(view.scale, 5.32);
  const middle = toScreen(view, { x: 125, y: 110 });
  near(middle.x, 266);
  near(middle.y, 216);

  assert.equal(focus({ left: 100, top: 100, width: 1, height: 1 }, 0.5, picture, screen).scale, 40);
});

test('at its real size a picture begins with its middle', () => {
  assert.deepEqual(natural(picture, screen), { scale: 1, x: 266 - 500, y: 216 - 250 });
  assert.deepEqual(natural({ width: 10, height: 10 }, screen), { scale: 1, x: 261, y: 211 });
});

test('when the screen becomes another one, what was in its middle stays there', () => {
  const view: Viewport = { scale: 3, x: -700, y: -400 };
  const narrow = { width: 300, height: 400 };
  const middle = toPicture(view, { x: 266, y: 216 });
  const after = toScreen(resized(view, screen, picture, narrow), middle);
  near(after.x, 150);
  near(after.y, 200);
});

test('a point comes to the middle at the scale that there is', () => {
  const view = lookAt({ scale: 2, x: 0, y: 0 }, { x: 300, y: 200 }, picture, screen);
  assert.deepEqual(view, { scale: 2, x: 266 - 600, y: 216 - 400 });
});

test('pictures of any size can be shown at their real size and at 4000 %', () => {
  for (const any of [{ width: 3, height: 2 }, { width: 12_000, height: 9_000 }]) {
    const fitted = fit(any, screen);
    const middle = { x: 266, y: 216 };
    near(zoom(fitted, 1 / fitted.scale, middle, any, screen).scale, 1);
    assert.equal(zoom(fitted, 1e6, middle, any, screen).scale, 40);
    assert.ok(zoom(fitted, 1e-9, middle, any, screen).scale < fitted.scale);
  }
});
