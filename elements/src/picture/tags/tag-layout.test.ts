import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rect } from '../../base/geometry.ts';
import type { TagPlace } from '../shapes/figure.ts';
import { TagLayout } from './tag-layout.ts';

const SCREEN = { width: 600, height: 400 };

const rect = (left: number, top: number, width: number, height: number): Rect => ({ left, top, width, height });

/** A box on screen. */
const about = (bounds: Rect, hasInside = true): TagPlace => {
  const middle = bounds.left + bounds.width / 2;
  const beside = bounds.top + Math.min(bounds.height / 2, 9);
  return { bounds, above: middle, below: middle, left: beside, right: beside, hasInside };
};

test('a tag stands above its shape; where that is taken below, inside at the top, to the right, to the left', () => {
  const layout = new TagLayout(SCREEN);
  const box = about(rect(100, 100, 80, 60));
  const places = Array.from({ length: 6 }, () => layout.place(box, [60])?.rect);
  assert.deepEqual(places, [
    rect(110, 80, 60, 18), rect(110, 162, 60, 18), rect(110, 102, 60, 18), rect(182, 100, 60, 18), rect(38, 100, 60, 18), undefined,
  ]);
});

test('a tag is nowhere cut by the edge of the screen', () => {
  const layout = new TagLayout(SCREEN);
  assert.deepEqual(layout.place(about(rect(0, 5, 40, 40)), [60])?.rect, rect(0, 47, 60, 18));
  assert.deepEqual(layout.place(about(rect(570, 380, 30, 30)), [60])?.rect, rect(540, 360, 60, 18));
  assert.equal(layout.place(about(rect(-200, 100, 150, 20)), [60]), undefined);
});

test('a shape whose ends are beyond the screen has its tag in the part that is seen', () => {
  assert.deepEqual(new TagLayout(SCREEN).place(about(rect(-100, -100, 900, 900)), [60])?.rect, rect(320, 2, 60, 18));
});

test('a line has nothing inside that a tag could stand in', () => {
  assert.equal(new TagLayout(SCREEN).place(about(rect(-100, -100, 900, 900), false), [60]), undefined);
});

test('the text that says most is shown where any place has room for it, a shorter one where none has', () => {
  const layout = new TagLayout(SCREEN);
  const low = about(rect(0, 0, 600, 30));
  assert.equal(layout.place(low, [500, 60])?.index, 0);
  assert.equal(layout.place(low, [500, 60])?.index, undefined);
  const narrow = new TagLayout({ width: 110, height: 60 });
  assert.deepEqual(narrow.place(about(rect(0, 20, 110, 40)), [115, 60])?.index, 1);
});

test('a tag that is far wider than its shape gives way to a shorter one', () => {
  assert.equal(new TagLayout(SCREEN).place(about(rect(300, 50, 20, 20)), [300, 40])?.index, 1);
});

test('among many shapes tags are short', () => {
  const layout = new TagLayout(SCREEN);
  const box = about(rect(300, 200, 20, 20));
  assert.equal(layout.place(box, [150, 60])?.index, 0);
  for (let index = 0; index < 20; index += 1) layout.keepClear(rect(500, 20, 80, 80));
  assert.equal(layout.place(box, [150, 60])?.index, 1);
  assert.equal(layout.place(about(rect(50, 50, 200, 200)), [150, 60])?.index, 0);
});

test('a tag covers no small shape: that of a small one is left out, that of a larger one shines through', () => {
  const layout = new TagLayout(SCREEN);
  // Small shapes on all sides.
  for (let x = 0; x < 600; x += 20) for (let y = 0; y < 400; y += 20) layout.keepClear(rect(x, y, 16, 16));
  assert.equal(layout.place(about(rect(300, 200, 30, 30)), [60, 30]), undefined);
  assert.deepEqual(layout.place(about(rect(300, 200, 90, 90)), [60, 30]), { index: 0, rect: rect(315, 180, 60, 18), isFaint: true });
});

test('a large shape may lie below a tag', () => {
  const layout = new TagLayout(SCREEN);
  layout.keepClear(rect(0, 0, 600, 400));
  assert.equal(layout.place(about(rect(100, 100, 20, 20)), [60])?.isFaint, false);
});

test('among very many shapes no two tags touch, and the same shapes always get the same places', () => {
  const lay = (): (Rect | undefined)[] => {
    const layout = new TagLayout(SCREEN);
    const boxes = Array.from({ length: 400 }, (_, index) => rect((index * 37) % 580, (index * 53) % 380, 10 + (index % 9) * 20, 10 + (index % 7) * 20));
    for (const box of boxes) layout.keepClear(box);
    return boxes.map((box) => layout.place(about(box), [90, 60, 35])?.rect);
  };
  const placed = lay().filter((tag) => tag !== undefined);
  assert.ok(placed.length > 20);
  for (const [index, one] of placed.entries()) {
    for (const other of placed.slice(index + 1)) {
      assert.ok(one.left + one.width <= other.left || other.left + other.width <= one.left || one.top + 18 <= other.top || other.top + 18 <= one.top);
    }
  }
  assert.deepEqual(lay(), lay());
});
