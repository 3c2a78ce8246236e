import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockAt, blocksOf } from './blocks.ts';
import { readsRightToLeft } from './extent.ts';
import { SourceText } from './source-text.ts';
import { segmentsOf } from './stops.ts';

test('code points and UTF-16 units, there and back', () => {
  const text = '𝒜b𝒞👋🏽 d\n';
  const source = new SourceText(text);
  assert.equal(source.length, [...text].length);
  for (const point of Array.from({ length: source.length + 1 }, (_, index) => index)) {
    const unit = [...text].slice(0, point).join('').length;
    assert.equal(source.unitAt(point), unit);
    assert.equal(source.pointAt(unit), point);
  }
});

test('blocks hold the whole text, in whole lines where these are not very long', () => {
  const lines = `${'word '.repeat(100)}\n`.repeat(30);
  const long = `${'word '.repeat(5000)}end`;
  for (const text of ['', '\n\n', 'a\nb', lines, long, '👋'.repeat(9000)]) {
    const blocks = blocksOf(text);
    assert.equal(blocks.map(({ start, end }) => text.slice(start, end)).join(''), text);
    assert.ok(blocks.every(({ start, end }) => end - start <= 4001));
    assert.ok(blocks.every(({ start }) => !/^[\udc00-\udfff]/.test(text.slice(start, start + 1))));
  }
  assert.ok(blocksOf(lines).every(({ end }) => lines[end - 1] === '\n'));
  assert.ok(blocksOf(long).slice(0, -1).every(({ end }) => long[end - 1] === ' '));
});

test('the block of a place', () => {
  const blocks = [{ start: 0, end: 4 }, { start: 4, end: 8 }];
  assert.deepEqual([0, 3, 4, 8, 9].map((unit) => blockAt(blocks, unit)), [0, 0, 1, 1, 1]);
});

test('words are also signs, words without spaces between them, and never white space', () => {
  const words = (text: string): string[] => segmentsOf(text, 'word').map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(words('Bob\u2019s cat, 3.5 kg\n'), ['Bob\u2019s', 'cat', ',', '3.5', 'kg']);
  assert.deepEqual(words('شارع الملك'), ['شارع', 'الملك']);
  assert.equal(words('東京都に住む').join(''), '東京都に住む');
});

test('the first letter of a line says in which direction it reads', () => {
  const text = 'left\n12 שלום left\n';
  assert.deepEqual([0, 4, 5, 12, text.length].map((unit) => readsRightToLeft(text, unit)), [false, false, true, true, false]);
});
