import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Preferences } from '../frame/preferences.ts';
import type { Json } from '../frame/protocol.ts';
import { LabelSet } from './label-set.ts';
import { rememberLabel } from './remembered-label.ts';

/** A tool with these labels; what it has had remembered. */
function tool(names: readonly string[] = []): { labels: LabelSet; preferences: Preferences; kept: Json[] } {
  const listeners: ((change: 'state') => void)[] = [];
  const labels = new LabelSet(() => {
    for (const listener of listeners) listener('state');
  });
  const kept: Json[] = [];
  const preferences = new Preferences((_, value) => kept.push(value));
  rememberLabel({ labels, listen: (listener) => void listeners.push(listener) }, preferences);
  if (names.length > 0) labels.names = names;
  return { labels, preferences, kept };
}

test('the label that was chosen last is chosen again, whichever comes first, it or the labels', () => {
  const before = tool();
  before.preferences.take({ label: 'dog' });
  before.labels.names = ['cat', 'dog'];
  const after = tool(['cat', 'dog']);
  after.preferences.take({ label: 'dog' });

  assert.deepEqual([before.labels.active, after.labels.active], ['dog', 'dog']);
  assert.deepEqual([before.kept, after.kept], [[], []]);
});

test('what a worker chooses is remembered, and not what a list begins with', () => {
  const { labels, kept } = tool(['cat', 'dog']);

  labels.choose('cat');
  labels.choose('dog');
  labels.names = ['cow', 'cat'];
  labels.choose('cat');

  assert.deepEqual(kept, ['dog', 'cat']);
});

test('one that is not offered any more, or is none, gives way to the first and is remembered still', () => {
  const { labels, preferences, kept } = tool(['cat', 'dog']);

  preferences.take({ label: 'cow' });
  assert.equal(labels.active, 'cat');
  labels.names = ['pig', 'cow'];
  assert.equal(labels.active, 'cow');
  preferences.take({ label: 7 });
  preferences.take({ label: { toString: 'pig' } });

  assert.equal(labels.active, 'cow');
  assert.deepEqual(kept, []);
});
