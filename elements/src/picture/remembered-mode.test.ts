import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Preferences } from '../frame/preferences.ts';
import type { Json } from '../frame/protocol.ts';
import { Annotations, type Item } from '../tool/annotations.ts';
import { rememberMode } from './remembered-mode.ts';

function tool(): { work: Annotations<Item>; preferences: Preferences; kept: Json[] } {
  const work = new Annotations<Item>({ answerKey: 'items', read: (_, id) => ({ id, label: '' }), same: () => true }, { of: (item) => item, isCut: () => false });
  const kept: Json[] = [];
  const preferences = new Preferences((_, value) => kept.push(value));
  rememberMode(work, preferences);
  return { work, preferences, kept };
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
