import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieJar } from './cookies.ts';
import { memoryStorage } from './storage.ts';
import { starterOf } from './workers.ts';

test('a storage keeps text by name, as property or by method', () => {
  const storage = memoryStorage();
  storage.setItem('a', 1 as unknown as string);
  storage.b = { toString: () => 'two' };

  assert.deepEqual([storage.a, storage.getItem('b'), storage.getItem('none'), storage.none], ['1', 'two', null, undefined]);
  assert.deepEqual([storage.length, storage.key(1), storage.key(2), Object.keys(storage), 'a' in storage], [2, 'b', null, ['a', 'b'], true]);
  assert.equal(JSON.stringify(storage), '{"a":"1","b":"two"}');
});

test('a storage forgets what is removed, and all of it when cleared', () => {
  const storage = memoryStorage();
  Object.assign(storage, { a: 1, b: 2, c: 3 });
  delete storage.a;
  storage.removeItem('b');
  assert.deepEqual(Object.entries(storage), [['c', '3']]);

  storage.clear();
  assert.deepEqual([storage.length, storage.c], [0, undefined]);
});

test('an item may be named as a method, which stays what it is', () => {
  const storage = memoryStorage();
  storage.setItem('getItem', 'x');
  storage.setItem('length', 'y');

  assert.deepEqual([storage.getItem('getItem'), storage.getItem('length'), storage.length], ['x', 'y', 2]);
});

test('cookies are kept without their attributes, one by name', () => {
  const jar = new CookieJar();
  for (const text of ['a=1; path=/; Secure', ' b = two words ', 'a=3;domain=example.org', 'bare', 'hidden=1; HttpOnly', '']) jar.set(text);

  assert.equal(jar.text, 'b=two words; a=3; bare');
});

test('a cookie goes when its time has come', () => {
  let now = Date.parse('2030-01-01');
  const jar = new CookieJar(() => now);
  for (const text of ['a=1; max-age=10', 'b=1; expires=Wed, 02 Jan 2030 00:00:00 GMT', 'c=1; max-age=x', 'd=1; max-age=1; expires=Fri, 01 Jan 2100 00:00:00 GMT']) jar.set(text);
  jar.set('c=; max-age=0');
  assert.equal(jar.text, 'a=1; b=1; d=1');

  now += 5000;
  assert.equal(jar.text, 'a=1; b=1');
  now += 24 * 3600 * 1000;
  assert.equal(jar.text, '');
});

test('an address in the text of a worker stays an address', () => {
  assert.match(starterOf('https://x/"+alert(1)+".js', 'classic'), /importScripts\("https:\/\/x\/\\"\+alert\(1\)\+\\"\.js"\);$/);
  assert.equal(starterOf('https://x/a.js', 'module'), 'import "https://x/a.js";');
});
