import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrap } from './wrap.ts';

const lines = (text: string, width: number, most = 9): string[] => wrap(text, width, most, (part) => [...part].length);

test('a text that fits is one line', () => {
  assert.deepEqual(lines(' a red  car ', 9), ['a red car']);
  assert.deepEqual(lines('', 9), ['']);
});

test('a text is broken between words, a long word within', () => {
  assert.deepEqual(lines('pedestrian who waits', 10), ['pedestrian', 'who waits']);
  assert.deepEqual(lines('a pedestrian here', 8), ['a', 'pedestri', 'an here']);
  assert.deepEqual(lines('pedestrian_with_dog/cat', 12), ['pedestrian_', 'with_dog/cat']);
  assert.deepEqual(lines('歩行者信号待ち', 3), ['歩行者', '信号待', 'ち']);
});

test('what is more than there is room for is cut, and says so', () => {
  assert.deepEqual(lines('one two three four', 5, 2), ['one', 'two…']);
  assert.deepEqual(lines('abcdefgh', 4, 1), ['abc…']);
  assert.deepEqual(lines('ab', 1, 1), ['a…']);
});
