import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byBlock, lanesOf, piecesOf, type Drawn } from './pieces.ts';

const span = (id: number, start: number, end: number): Omit<Drawn, 'lane'> => ({ id, color: 'red', short: 'x', start, end });
const shown = (pieces: ReturnType<typeof piecesOf>): string[] => pieces.map(({ start, end, covers }) => `${start}-${end}: ${covers.map(({ id }) => id).join()}`);

test('spans that overlap get lines of their own, and a line is used again', () => {
  const lanes = lanesOf([span(3, 12, 14), span(1, 0, 10), span(2, 5, 12)]).map(({ id, lane }) => [id, lane]);
  assert.deepEqual(lanes, [[1, 0], [2, 1], [3, 0]]);
});

test('a text falls into pieces under the same spans', () => {
  const spans = lanesOf([span(1, 0, 10), span(2, 5, 12), span(3, 5, 8)]);
  assert.deepEqual(shown(piecesOf({ start: 0, end: 20 }, spans)), ['0-5: 1', '5-8: 1,2,3', '8-10: 1,2', '10-12: 2', '12-20: ']);
});

test('a span over several blocks is in each of them, and marks cut too', () => {
  const blocks = [{ start: 0, end: 4 }, { start: 4, end: 8 }, { start: 8, end: 12 }];
  const [first, second, third] = byBlock(blocks, lanesOf([span(1, 2, 9)]));
  assert.deepEqual(shown(piecesOf(blocks[0]!, first!)), ['0-2: ', '2-4: 1']);
  assert.deepEqual(shown(piecesOf(blocks[1]!, second!, [5, 99])), ['4-5: 1', '5-8: 1']);
  assert.deepEqual(shown(piecesOf(blocks[2]!, third!)), ['8-9: 1', '9-12: ']);
});
