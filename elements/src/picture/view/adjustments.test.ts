import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Preferences } from '../../frame/preferences.ts';
import type { Json } from '../../frame/protocol.ts';
import { Adjustments, fromSlider, toSlider } from './adjustments.ts';

function setUp(): { kept: [string, Json][]; preferences: Preferences; light: Adjustments; changes: () => number } {
  const kept: [string, Json][] = [];
  let changes = 0;
  const preferences = new Preferences((name, value) => kept.push([name, value]));
  const light = new Adjustments(preferences, () => (changes += 1));
  light.follow();
  return { kept, preferences, light, changes: () => changes };
}

test('a picture is shown as it is until somebody wants it otherwise', () => {
  const { light, kept } = setUp();
  assert.equal(light.isNeutral, true);
  assert.equal(light.filter, '');

  light.show('brightness', 150);
  assert.equal(light.isNeutral, false);
  assert.equal(light.filter, 'brightness(150%)');
  assert.equal(light.words, 'brightness 150%, contrast 100%');
  assert.deepEqual(kept, []);

  light.keep();
  assert.deepEqual(kept, [['brightness', 150]]);

  light.reset();
  assert.equal(light.filter, '');
  assert.deepEqual(kept.at(-1), ['brightness', 100]);
});

test('both stay between a quarter and four times', () => {
  const { light } = setUp();
  light.show('brightness', 0);
  light.show('contrast', 1000);
  assert.equal(light.filter, 'brightness(25%) contrast(400%)');
  light.show('contrast', Number.NaN);
  assert.equal(light.get('contrast'), 400);
});

test('what was liked before holds when it comes, and what is no number does not', () => {
  const { light, preferences, changes } = setUp();
  preferences.take({ brightness: 50, contrast: 'much', mode: 'draw' });
  assert.equal(light.filter, 'brightness(50%)');
  assert.equal(changes(), 1);
});

test('what is neutral lies in the middle of a slider', () => {
  assert.deepEqual([25, 100, 400].map(toSlider), [-2, 0, 2]);
  assert.deepEqual([-2, 0, 2].map(fromSlider), [25, 100, 400]);
});
