import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History } from './history.ts';

test('undo and redo walk the commits', () => {
  const history = new History('a');
  history.commit('b');
  history.commit('c');
  history.undo();
  assert.equal(history.present, 'b');
  history.redo();
  assert.equal(history.present, 'c');
  assert.deepEqual([history.canUndo, history.canRedo], [true, false]);
});

test('undo and redo beyond the ends change nothing', () => {
  const history = new History('a');
  history.undo();
  history.redo();
  assert.equal(history.present, 'a');
});

test('a commit after an undo forgets the undone', () => {
  const history = new History('a');
  history.commit('b');
  history.undo();
  history.commit('c');
  assert.equal(history.canRedo, false);
});

test('it is known whether the present came by an undo', () => {
  const history = new History(0);
  for (const value of [1, 2]) history.commit(value);
  const seen = [() => history.undo(), () => history.undo(), () => history.redo(), () => history.undo(), () => history.commit(3)].map((act) => {
    act();
    return history.isUndone;
  });
  assert.deepEqual(seen, [true, true, false, true, false]);
});

test('commits of one run are undone together, until the run is sealed', () => {
  const history = new History(0);
  history.commit(1, 'move');
  history.commit(2, 'move');
  history.seal();
  history.commit(3, 'move');
  history.undo();
  assert.equal(history.present, 2);
  history.undo();
  assert.equal(history.present, 0);
});

test('where there is no room for all of the past, the oldest goes; the last step always stays', () => {
  const history = new History('', (earlier) => earlier.length, 5);
  for (const text of ['aaa', 'bb', 'ccc', 'd']) history.commit(text);
  history.undo();
  history.undo();
  assert.equal(history.canUndo, false);
  assert.equal(history.present, 'bb');
  history.commit('a long text');
  history.commit('e');
  history.undo();
  assert.equal(history.present, 'a long text');
});
