import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TagLayout } from './tag-layout.ts';

const SCREEN = { width: 600, height: 400 };

const above = (x: number, y: number, room = 200): { at: { x: number; y: number }; room: number } => ({ at: { x, y }, room });

test('a tag stands above its shape, or below the edge where there is no room above', () => {
  const layout = new TagLayout(SCREEN);
  assert.deepEqual(layout.place(above(100, 50), [60])?.rect, { left: 70, top: 30, width: 60, height: 18 });
  assert.deepEqual(layout.place(above(100, 10), [60])?.rect.top, 12);
});

test('a tag stays on screen at either side', () => {
  const layout = new TagLayout(SCREEN);
  assert.equal(layout.place(above(10, 50), [60])?.rect.left, 0);
  assert.equal(layout.place(above(595, 50), [60])?.rect.left, 540);
});

test('of two tags at one place the second is left out, or shorter where that is enough', () => {
  const layout = new TagLayout(SCREEN);
  layout.place(above(100, 50), [60]);
  assert.equal(layout.place(above(110, 55), [60, 40]), undefined);
  assert.equal(layout.place(above(160, 50), [80, 50])?.index, 1);
});

test('a tag may be wider than its shape unless a small shape lies below it', () => {
  const layout = new TagLayout(SCREEN);
  layout.keepClear({ left: 290, top: 35, width: 10, height: 10 });
  layout.keepClear({ left: 0, top: 0, width: 400, height: 400 });
  assert.equal(layout.place(above(100, 50, 10), [60])?.index, 0);
  assert.equal(layout.place(above(310, 50, 10), [60]), undefined);
  assert.equal(layout.place(above(310, 50, 70), [60])?.index, 0);
});

test('a tag that is far wider than its shape gives way to a shorter one', () => {
  assert.equal(new TagLayout(SCREEN).place(above(500, 50, 20), [300, 40])?.index, 1);
});
