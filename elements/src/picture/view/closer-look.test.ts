import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloserLook, type Target } from './closer-look.ts';
import { fit, rectToScreen, toScreen } from './viewport.ts';

const picture = { width: 1000, height: 500 };
const screen = { width: 532, height: 432 };
const box = (id: number, isSelected = true): Target => ({ id, rect: { left: 100 * id, top: 100, width: 50, height: 20 }, isSelected });

test('a shape takes about two fifths of the screen, and pixels never more than sixteen', () => {
  const look = new CloserLook<string>();
  const view = look.at(box(1), 'all', picture, screen);
  const shown = rectToScreen(view, box(1).rect);
  assert.equal(shown.width / screen.width, 0.4);
  assert.equal(look.at({ ...box(1), rect: { left: 5, top: 5, width: 1, height: 1 } }, 'all', picture, screen).scale, 16);
});

test('a point is shown four times as large as the picture fits, in the middle', () => {
  const view = new CloserLook<string>().at({ id: 1, rect: { left: 500, top: 250, width: 0, height: 0 }, isSelected: true }, 'all', picture, screen);
  assert.equal(view.scale, 4 * fit(picture, screen).scale);
  assert.deepEqual(toScreen(view, { x: 500, y: 250 }), { x: 266, y: 216 });
});

test('the second look at the same thing leads back, and only once', () => {
  const look = new CloserLook<string>();
  const view = look.at(box(1), 'all', picture, screen);
  assert.equal(look.isCloser, true);
  assert.equal(look.back(box(1), view), 'all');
  assert.equal(look.isCloser, false);
  assert.equal(look.back(box(1), view), undefined);
});

test('from one thing to the next the way back stays where it began', () => {
  const look = new CloserLook<string>();
  const first = look.at(box(1), 'all', picture, screen);
  assert.equal(look.back(box(2), first), undefined);
  const second = look.at(box(2), 'at the first', picture, screen);
  assert.equal(look.back(box(2), second), 'all');
});

test('what the picture brought under the pointer is not meant, what the worker went to is', () => {
  const look = new CloserLook<string>();
  const view = look.at(box(1, false), 'all', picture, screen);
  assert.equal(look.back(box(2, false), { ...view, x: view.x + 1 }), undefined);
  assert.equal(look.back(box(2, false), view), 'all');
});

test('without anything to look at it leads back from wherever one is, unless it was forgotten', () => {
  const look = new CloserLook<string>();
  const view = look.at(box(1), 'all', picture, screen);
  assert.equal(look.back(undefined, { ...view, scale: 3 }), 'all');
  look.at(box(1), 'all', picture, screen);
  look.forget();
  assert.equal(look.back(undefined, view), undefined);
});
