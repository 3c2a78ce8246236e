import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Preferences } from '../../frame/preferences.ts';
import type { Json } from '../../frame/protocol.ts';
import { ZoomHabit } from './zoom-habit.ts';

test('a habit is kept as a whole, and another page has it when it comes', () => {
  const kept: Json[] = [];
  const first = new ZoomHabit(new Preferences((name, value) => kept.push({ [name]: value })), () => {});
  first.change({ wheel: 'scroll' });
  first.change({ start: 'natural' });
  assert.deepEqual(kept.at(-1), { zoom: { wheel: 'scroll', minimap: true, start: 'natural' } });

  let changes = 0;
  const preferences = new Preferences(() => assert.fail('what was kept is not kept again'));
  const second = new ZoomHabit(preferences, () => (changes += 1));
  second.follow();
  preferences.take(kept.at(-1) as Record<string, Json>);
  assert.deepEqual(second.value, first.value);
  assert.equal(changes, 1);
});

test('what nobody can read is the usual', () => {
  for (const value of [null, 7, [], {}, { wheel: 'spin', minimap: 1, start: 0 }] as Json[]) {
    const preferences = new Preferences(() => {});
    const habit = new ZoomHabit(preferences, () => {});
    habit.follow();
    preferences.take({ zoom: value });
    assert.deepEqual(habit.value, { wheel: 'zoom', minimap: true, start: 'fit' });
  }
});
