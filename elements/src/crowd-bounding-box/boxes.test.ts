import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOXES } from './boxes.ts';

test('an answer holds whole numbers under keys in alphabetical order', () => {
  const expected = '{"height":41,"label":"car","left":50,"top":20,"width":60}';
  assert.equal(JSON.stringify(BOXES.write({ id: 1, label: 'car', left: 50.4, top: 19.6, width: 60, height: 40.5 })), expected);
});
