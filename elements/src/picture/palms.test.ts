import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Palms } from './palms.ts';

const at = (timeStamp: number, pointerType: string, pointerId = 1) => ({ timeStamp, pointerType, pointerId });

test('touches soon after a pen are a palm’s, later ones are fingers', () => {
  const palms = new Palms();
  assert.equal(palms.isPalm(at(0, 'touch')), false);
  palms.note(at(5000, 'pen'));
  assert.deepEqual([5001, 5999, 6000].map((time) => palms.isPalm(at(time, 'touch'))), [true, true, false]);
  assert.equal(palms.isPalm(at(5001, 'pen')), false);
  assert.equal(palms.isPalm(at(5001, 'mouse')), false);
});

test('a palm that lies there before the pen comes is told once', () => {
  const palms = new Palms();
  palms.isPalm(at(0, 'touch', 7));
  palms.isPalm(at(0, 'touch', 8));
  palms.lifted(at(1, 'touch', 8));
  assert.deepEqual(palms.unmask(at(2, 'mouse')), []);
  assert.deepEqual(palms.unmask(at(2, 'pen')), [7]);
  assert.deepEqual(palms.unmask(at(3, 'pen')), []);
});
