import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Copies, dropOld, hasCopies, type Copy } from './copies.ts';

/** As much of a browser's storage as is used, in a room for `most` characters. */
function storage(most = Infinity): Storage {
  const items: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => items[key] ?? null,
    setItem(key: string, text: string) {
      if (text.length > most) throw new DOMException('full', 'QuotaExceededError');
      items[key] = text;
    },
    removeItem: (key: string) => delete items[key],
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(items, name, { value });
  return items as unknown as Storage;
}

const copy = (revision: number, reply = 'half'): Copy => ({ revision, draft: { answer: { reply }, state: { version: 1, fields: {} } } });

test('a copy belongs to one person and one task', () => {
  const shelf = storage();
  new Copies('alice', shelf).keep(1, copy(5));

  assert.deepEqual(new Copies('alice', shelf).find(1), copy(5));
  assert.deepEqual(new Copies('alice', shelf).tasks, [1]);
  assert.deepEqual(new Copies('bob', shelf).tasks, []);
  assert.equal(new Copies('alice', shelf).find(2), undefined);
});

test('a newer copy of another tab is not dropped', () => {
  const copies = new Copies('alice', storage());
  copies.keep(1, copy(7));

  copies.drop(1, 6);
  assert.deepEqual(copies.find(1), copy(7));
  copies.drop(1, 7);
  assert.equal(copies.find(1), undefined);
});

test('what has no room leaves what was kept before', () => {
  const copies = new Copies('alice', storage(200));

  assert.equal(copies.keep(1, copy(5)), true);
  assert.equal(copies.keep(1, copy(6, 'x'.repeat(300))), false);
  assert.deepEqual(copies.find(1), copy(5));
});

test('what nobody came back for goes after a month, whoever it is of', () => {
  const shelf = storage();
  const month = 30 * 24 * 3600 * 1000;
  new Copies('alice', shelf).keep(1, copy(1000));
  new Copies('bob', shelf).keep(2, copy(3000));

  dropOld(2000 + month, shelf);
  assert.deepEqual(new Copies('alice', shelf).tasks, []);
  assert.deepEqual(new Copies('bob', shelf).tasks, [2]);
  assert.equal(hasCopies(shelf), true);
});

test('what is no copy is no error', () => {
  const shelf = storage();
  const copies = new Copies('alice', shelf);
  shelf.setItem(copies.key(1), '{"half');

  assert.equal(copies.find(1), undefined);
  copies.drop(1, 0);
  assert.equal(hasCopies(shelf), false);
});
