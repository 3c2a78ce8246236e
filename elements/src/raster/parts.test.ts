import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawing, rowsOf } from './mask.testing.ts';
import { holes, only, Parts } from './parts.ts';

const partsIn = (rows: readonly string[], region = 1): Parts => Parts.of(drawing(rows), region);

test('pixels hang together side by side and by corners, also where branches meet below', () => {
  assert.deepEqual(partsIn(['#.#.#', '#.#..', '###.#']).sizes, [7, 1, 1]);
  assert.deepEqual(partsIn(['#....', '.#...', '..#..', '...##']).sizes, [5]);
  assert.deepEqual(partsIn(['....#', '...#.', '##..#']).sizes, [3, 2]);
  assert.deepEqual(partsIn(['#.#.#.#', '.......', '#######']).sizes, [1, 1, 1, 1, 7]);
});

test('a snake and a comb are one part, whichever way they lie', () => {
  const snake = ['#####', '....#', '#####', '#....', '#####'];
  const comb = ['#.#.#', '#.#.#', '#####'];
  for (const rows of [snake, comb, [...comb].reverse(), [...snake].reverse()]) assert.equal(partsIn(rows).sizes.length, 1, rows.join('\n'));
});

test('other regions part what they lie between', () => {
  assert.deepEqual(partsIn(['##o##', '##o##']).sizes, [4, 4]);
  assert.deepEqual(partsIn(['##o##', '##o##'], 2).sizes, [2]);
});

test('parts are known by where they begin and by any of their cells', () => {
  const parts = partsIn(['.##.#', '.#..#']);
  assert.deepEqual(parts.firsts, [1, 4]);
  assert.deepEqual([0, 1, 2, 3, 4, 6, 7, 9, 99].map((cell) => parts.at(cell)), [undefined, 0, 0, undefined, 1, 0, undefined, 1, undefined]);
});

test('parts agree with a flood from each pixel, on any mask', () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 48271) % 0x7fffffff) / 0x7fffffff;
  for (let round = 0; round < 60; round++) {
    const [width, height] = [1 + Math.floor(random() * 12), 1 + Math.floor(random() * 12)];
    const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => (random() < 0.5 ? '#' : '.')).join(''));
    assert.deepEqual([...partsIn(rows).sizes], floods(rows), rows.join('\n'));
  }
});

/** The sizes of what hangs together, found in the simplest way. */
function floods(rows: readonly string[]): number[] {
  const left = rows.map((row) => [...row]);
  const take = (x: number, y: number): number => {
    if (left[y]?.[x] !== '#') return 0;
    (left[y] as string[])[x] = '.';
    let size = 1;
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) size += take(x + dx, y + dy);
    return size;
  };
  return left.flatMap((row, y) => row.map((_, x) => take(x, y))).filter((size) => size > 0);
}

const filled = (rows: readonly string[]): string[] => {
  const mask = drawing(rows);
  holes(mask, 1, mask.filler(1));
  return rowsOf(mask);
};

test('holes are what a region goes all around, through no corner, and what is open to the outside stays', () => {
  assert.deepEqual(filled(['.###.', '.#.#.', '.###.']), ['.###.', '.###.', '.###.']);
  assert.deepEqual(filled(['..#..', '.#.#.', '..#..']), ['..#..', '.###.', '..#..']);
  assert.deepEqual(filled(['####', '#..#', '#..#', '#.##']), ['####', '#..#', '#..#', '#.##']);
});

test('a hole keeps what another region has in it', () => {
  assert.deepEqual(filled(['#####', '#.o.#', '#####']), ['#####', '##o##', '#####']);
  assert.deepEqual(filled(['....', '....']), ['....', '....']);
});

test('of a span only the runs of a region are told', () => {
  const runs: number[][] = [];
  only(drawing(['#.##o#']), 1, (...run) => runs.push(run))(0, -3, 99);
  only(drawing(['#']), 1, (...run) => runs.push(run))(5, 0, 1);
  assert.deepEqual(runs, [[0, 0, 1], [0, 2, 4], [0, 5, 6]]);
});
