import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Preferences } from '../frame/preferences.ts';
import type { Json } from '../frame/protocol.ts';
import { Annotations } from '../tool/annotations.ts';
import type { Item } from '../tool/item-list.ts';
import { RememberedMode } from './remembered-mode.ts';

function tool(): { work: Annotations<Item>; mode: RememberedMode<Item>; preferences: Preferences; kept: Json[] } {
  const work = new Annotations<Item>({ answerKey: 'items', read: (_, id) => ({ id, label: '' }), same: () => true }, { of: (item) => item, isCut: () => false });
  const kept: Json[] = [];
  const preferences = new Preferences((_, value) => kept.push(value));
  const mode = new RememberedMode(work, preferences);
  return { work, mode, preferences, kept };
}

test('work begins in the mode that was left, and who follows hears of it', () => {
  const { work, preferences, kept } = tool();
  let heard = 0;
  work.listen(() => (heard += 1));

  preferences.take({ mode: 'select' });

  assert.deepEqual([work.mode, heard, kept], ['select', 1, []]);
});

test('a mode that is none changes nothing', () => {
  const { work, preferences } = tool();

  for (const mode of ['erase', 1, null, ['select'], { mode: 'select' }]) preferences.take({ mode });

  assert.equal(work.mode, 'draw');
});

test('each change of the mode is remembered, also that of choosing a label', () => {
  const { work, kept } = tool();
  work.labels.names = ['cat'];

  work.mode = 'select';
  work.notify();
  work.notify();
  work.chooseLabel('cat');

  assert.deepEqual(kept, ['select', 'draw']);
});

test('a mode that is lent is not what the worker likes, and what comes meanwhile waits for the next task', () => {
  const { work, mode, preferences, kept } = tool();

  mode.lend('select');
  work.notify();
  preferences.take({ mode: 'draw' });
  assert.equal(work.mode, 'select');
  mode.takeBack('draw');
  work.notify();
  assert.deepEqual(kept, []);

  work.mode = 'select';
  work.notify();
  assert.deepEqual(kept, ['select']);
});
