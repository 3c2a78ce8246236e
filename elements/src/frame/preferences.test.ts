import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from './protocol.ts';
import { Preferences } from './preferences.ts';

test('what a worker likes is kept once for each change', () => {
  const kept: [string, Json][] = [];
  const preferences = new Preferences((name, value) => kept.push([name, value]));

  preferences.set('mode', 'draw');
  preferences.set('mode', 'draw');
  preferences.set('mode', 'select');

  assert.deepEqual(kept, [['mode', 'draw'], ['mode', 'select']]);
  assert.equal(preferences.get('mode'), 'select');
});

test('who asks before it has come hears of it when it comes, until they stop', () => {
  const heard: Json[] = [];
  const preferences = new Preferences(() => assert.fail('nothing new is to be kept'));
  const stop = preferences.follow('mode', (mode) => heard.push(mode));

  preferences.take({ mode: 'select', other: 1 });
  stop();
  preferences.take({ mode: 'draw' });

  assert.deepEqual(heard, ['select']);
});

test('who asks later hears of it at once', () => {
  const heard: Json[] = [];
  const preferences = new Preferences(() => {});
  preferences.take({ mode: 'select' });

  preferences.follow('mode', (mode) => heard.push(mode));

  assert.deepEqual(heard, ['select']);
});
