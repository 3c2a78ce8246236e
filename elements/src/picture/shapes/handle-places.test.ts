import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, distance, type Point } from '../../base/geometry.ts';
import { POLYGONS } from '../../crowd-polygon/polygons.ts';
import { BOX, type Box } from './box.ts';
import { grabbed, gripAt, overhang, sizesAmong, stand, type Grip } from './handle-places.ts';
import type { Path } from './path.ts';
import type { Geometry, Shape } from './shape.ts';

const box = (width: number, height: number): Box => ({ id: 1, label: 'car', left: 100, top: 100, width, height });
const polygon = (...pairs: [number, number][]): Path => ({ id: 1, label: 'car', vertices: pairs.map(([x, y]) => ({ x, y })) });

/** The reach of a mouse, a pen and a finger, in pixels of the screen. */
const REACHES = [7, 10, 18];
/** On screen from less than a pixel to larger than any. */
const SCALES = [0.1, 0.5, 1, 2, 4, 8, 16, 40];

/** Is every handle that is painted the one that is found where it is? */
function agree<S extends Shape>(geometry: Geometry<S>, shape: S): void {
  for (const scale of SCALES) {
    for (const reach of REACHES) {
      for (const { handle, at } of geometry.grips(shape, scale)) {
        assert.equal(geometry.handleAt(shape, at, reach / scale, scale)?.name, handle.name, `${handle.name} at ${scale}, reach ${reach}`);
      }
    }
  }
}

test('whatever the size, a pointer finds the handle that is painted there', () => {
  for (const [width, height] of [[1, 1], [6, 6], [30, 6], [3, 60], [90, 70]]) agree(BOX, box(width as number, height as number));
  for (const size of [5, 20, 60]) agree(POLYGONS.geometry, polygon([0, 0], [size, 2], [size, size], [0, size]));
});

/** The nearest that two handles come to each other, and how much of the shape they cover, in pixels of the screen. */
function spacing(grips: readonly Grip[], scale: number): number {
  return Math.min(...grips.flatMap((one, index) => grips.slice(index + 1).map((other) => distance(one.at, other.at) * scale - (one.size + other.size) / 2)));
}

const covered = (shape: Box, scale: number): boolean =>
  BOX.grips(shape, scale).some(({ at, size }) => contains(shape, at, size / 2 / scale - 0.01 / scale));

test('a box of 6 × 6 pixels on screen shows all of them, and its handles lie apart', () => {
  for (const [shape, scale] of [[box(6, 6), 1], [box(12, 12), 0.5], [box(3, 3), 2]] as const) {
    assert.equal(covered(shape, scale), false);
    assert.ok(spacing(BOX.grips(shape, scale), scale) > 3);
  }
});

test('a small box is moved by its inside, whatever the pointer, and by what lies next to it', () => {
  for (const reach of REACHES) {
    for (const at of [{ x: 100, y: 100 }, { x: 103, y: 103 }, { x: 106, y: 106 }, { x: 98, y: 103 }]) {
      assert.equal(BOX.handleAt(box(6, 6), at, reach, 1), undefined, `${JSON.stringify(at)}, reach ${reach}`);
    }
  }
});

test('between its inside and its handles nothing of a small box is left out', () => {
  for (let x = 80; x <= 106; x += 0.25) {
    const at = { x, y: 103 };
    const isGrabbed = BOX.handleAt(box(6, 6), at, 7, 1) !== undefined || BOX.contains(box(6, 6), at, 7);
    assert.equal(isGrabbed, x >= 100 - stand(6).away - 7, String(x));
  }
});

test('handles of a large shape lie on it, and step outside without a jump as it gets smaller', () => {
  assert.deepEqual(stand(48), { away: 0, size: 8 });
  for (let length = 0; length < 60; length += 0.5) {
    assert.ok(Math.abs(stand(length).away - stand(length + 0.5).away) < 0.2);
    assert.ok(stand(length).size <= stand(length + 0.5).size);
    assert.equal(overhang(length), stand(length).away + stand(length).size / 2);
  }
});

test('handles of vertices are smaller where neighbours are near, and never vanish', () => {
  const places: Point[] = [{ x: 0, y: 0 }, { x: 5, y: 0 }, { x: 5, y: 50 }, { x: 0, y: 50.1 }];
  assert.deepEqual(sizesAmong(places, 1).map((size) => Math.round(size * 10) / 10), [3.5, 3.5, 3.5, 3.5]);
  assert.deepEqual(sizesAmong(places, 20), [8, 8, 8, 8]);
  assert.deepEqual(sizesAmong([{ x: 0, y: 0 }], 1), [8]);
});

test('a small polygon keeps its vertices free, and its handles stand outwards', () => {
  const small = polygon([100, 100], [106, 100], [106, 106], [100, 106]);
  for (const { at, size } of POLYGONS.geometry.grips(small, 1)) {
    assert.equal(contains({ left: 100, top: 100, width: 6, height: 6 }, at, size / 2), false);
  }
  assert.equal(POLYGONS.geometry.handleAt(small, { x: 100, y: 100 }, 7, 1), undefined);
});

test('of several grips the nearest is meant', () => {
  const grips = POLYGONS.geometry.grips(polygon([0, 0], [100, 0], [104, 3]), 1);
  assert.equal(gripAt(grips, { left: 0, top: 0, width: 104, height: 3 }, { x: 103, y: 3 }, 7, 1)?.handle.name, 'vertex 2');
});

test('a handle that is grabbed beside its middle stays there beside the pointer', () => {
  const [handle] = BOX.handles(box(6, 6));
  assert.ok(handle);
  assert.deepEqual(grabbed(handle, { x: 92, y: 91 }, { x: 95, y: 90 }), { x: 103, y: 99 });
});
