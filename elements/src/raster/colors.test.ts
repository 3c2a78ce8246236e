import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colorNumber, distinct, readColor, rgbaOf } from './colors.ts';

test('a colour has six hexadecimal digits, or three that count twice', () => {
  assert.deepEqual(['#2CA02c', ' #fa0 ', 'red', '#12', '2ca02c', '#2ca02cff'].map(colorNumber), [0x2ca02c, 0xffaa00, undefined, undefined, undefined, undefined]);
  assert.deepEqual([' #fA0', '#2CA02c'].map(readColor), ['#ffAA00', '#2CA02c']);
  assert.deepEqual(rgbaOf('#2CA02c'), [0x2c, 0xa0, 0x2c, 255]);
});

test('labels have the colours of the palette by position, unless others are wanted', () => {
  assert.deepEqual(distinct([undefined, undefined]), ['#2ca02c', '#1f77b4']);
  assert.deepEqual(distinct(['#010203', undefined]), ['#010203', '#1f77b4']);
});

test('no two are the same', () => {
  const colors = distinct([undefined, '#2CA02C', '#1f77b4', '#1F77B4', 'blue']);
  assert.deepEqual(colors.slice(1, 3), ['#2CA02C', '#1f77b4'], 'what is wanted comes first');
  assert.equal(new Set(colors.map(colorNumber)).size, 5);
});

test('ten thousand are found at once', () => assert.equal(new Set(distinct(Array.from({ length: 10_000 }, () => undefined))).size, 10_000));
