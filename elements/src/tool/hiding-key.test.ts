import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hidingKey } from './hiding-key.ts';

const at = (timeStamp: number, repeat = false): KeyboardEvent => ({ key: 'h', timeStamp, repeat }) as KeyboardEvent;

function setUp(): { key: ReturnType<typeof hidingKey>; done: string[] } {
  const done: string[] = [];
  const key = hidingKey({ does: 'Hide', toggle: () => done.push('toggle'), peek: (isPeeking) => done.push(isPeeking ? 'hide' : 'show') });
  return { key, done };
}

test('a tap hides at once, and for good', () => {
  const { key, done } = setUp();
  key.run(at(1000));
  assert.deepEqual(done, ['hide']);
  key.released?.(at(1090));
  assert.deepEqual(done, ['hide', 'show', 'toggle']);
});

test('held, it hides while it is down', () => {
  const { key, done } = setUp();
  key.run(at(1000));
  key.released?.(at(1500));
  assert.deepEqual(done, ['hide', 'show']);
});

test('a key that repeats is held, however fast it does', () => {
  const { key, done } = setUp();
  key.run(at(1000));
  key.run(at(1100, true));
  key.released?.(at(1150));
  assert.deepEqual(done, ['hide', 'show']);
});

test('a window that loses the focus shows everything again and hides nothing', () => {
  const { key, done } = setUp();
  key.run(at(1000));
  key.released?.();
  assert.deepEqual(done, ['hide', 'show']);
});

test('where nothing can be hidden for a moment, a press hides for good, once', () => {
  const done: string[] = [];
  const key = hidingKey({ does: 'Hide', toggle: () => done.push('toggle') });
  key.run(at(1000));
  key.run(at(1500, true));
  key.released?.(at(1600));
  assert.deepEqual(done, ['toggle']);
  assert.equal(key.does, 'Hide');
});
