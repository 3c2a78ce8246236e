import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WheelReader, type Turn } from './wheel.ts';

const turn = (parts: Partial<Turn>): Turn => ({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false, timeStamp: 0, ...parts });
const NOTCH = turn({ deltaY: 100, wheelDeltaY: -120 });

const factorOf = (parts: Partial<Turn>, habit: 'zoom' | 'scroll' = 'zoom'): number => {
  const meaning = new WheelReader().read(turn(parts), habit);
  assert.ok('factor' in meaning);
  return meaning.factor;
};

test('a wheel zooms, away from the hand to enlarge, as far in lines as in pixels', () => {
  assert.ok(factorOf({ deltaY: 100 }) < 1);
  assert.ok(factorOf({ deltaY: -100 }) > 1);
  assert.equal(factorOf({ deltaY: -3, deltaMode: 1 }), factorOf({ deltaY: -72 }));
});

test('for who likes it so, a wheel scrolls, and with Ctrl it zooms', () => {
  assert.deepEqual(new WheelReader().read(NOTCH, 'scroll'), { dx: -0, dy: -100 });
  assert.ok(factorOf({ deltaY: -100, ctrlKey: true }, 'scroll') > 1);
  assert.ok(factorOf({ deltaY: -100, metaKey: true }, 'scroll') > 1);
});

test('with Shift a wheel moves sideways, whoever lays it on its side', () => {
  for (const parts of [{ deltaY: 100 }, { deltaX: 100 }]) {
    assert.deepEqual(new WheelReader().read(turn({ ...parts, shiftKey: true }), 'zoom'), { dx: -100, dy: 0 });
  }
});

test('a pinch zooms finely, and a notch with Ctrl no more than a pinch does', () => {
  assert.equal(factorOf({ deltaY: -2, ctrlKey: true }), Math.exp(0.02));
  assert.equal(factorOf({ deltaY: -100, ctrlKey: true }), Math.exp(0.25));
});

test('two fingers move the picture once they went sideways, until the hand rests', () => {
  const reader = new WheelReader();
  assert.ok('factor' in reader.read(turn({ deltaY: 4, timeStamp: 0 }), 'zoom'));
  assert.deepEqual(reader.read(turn({ deltaX: 1, deltaY: 4, timeStamp: 16 }), 'zoom'), { dx: -1, dy: -4 });
  assert.deepEqual(reader.read(turn({ deltaY: 4, timeStamp: 32 }), 'zoom'), { dx: -0, dy: -4 });
  assert.ok('factor' in reader.read(turn({ deltaY: 100, timeStamp: 1000 }), 'zoom'));
});

test('fingers are known by their unit where it gives them away, and a mouse is not taken for them', () => {
  const isMove = (parts: Partial<Turn>): boolean => 'dx' in new WheelReader().read(turn(parts), 'zoom');
  assert.equal(isMove({ deltaY: 7, wheelDeltaY: -21 }), true);
  assert.equal(isMove({ deltaY: 4.000244140625, wheelDeltaY: -120 }), false);
  assert.equal(isMove({ deltaY: 4.000244140625, wheelDeltaY: -12 }), false);
  assert.equal(isMove({ deltaY: 40, wheelDeltaY: -120 }), false);
  assert.equal(isMove({ deltaY: 120, wheelDeltaY: -120 }), false);
  assert.equal(isMove({ deltaY: 3, deltaMode: 1, wheelDeltaY: -9 }), false);
});
