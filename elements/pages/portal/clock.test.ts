import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reading } from './clock.ts';

test('the time left reads as what it is', () => {
  const HOUR = 3600;
  const readings = [0, 9.9, 545, HOUR + 123, 47 * HOUR, 48 * HOUR, 240 * HOUR, 240 * HOUR - 2].map(reading);
  assert.deepEqual(readings, ['0:00', '0:09', '9:05', '1:02:03', '47:00:00', '2 days', '10 days', '10 days']);
});
