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

test('what the worker has changed meanwhile is not taken back by what was kept', () => {
  const preferences = new Preferences(() => {});
  preferences.follow('mode', () => assert.fail('the worker has chosen already'));
  preferences.set('mode', 'select');

  preferences.take({ mode: 'draw', zoom: 2 });

  assert.deepEqual([preferences.get('mode'), preferences.get('zoom')], ['select', 2]);
});

test('null is forgotten', () => {
  const kept: [string, Json][] = [];
  const preferences = new Preferences((name, value) => kept.push([name, value]));
  preferences.take({ mode: 'draw' });

  preferences.set('other', null);
  preferences.set('mode', null);

  assert.deepEqual(kept, [['mode', null]]);
  assert.equal(preferences.get('mode'), undefined);
});
