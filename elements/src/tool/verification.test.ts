import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Verification } from './verification.ts';

/** Predictions 1, 2, 3, …, the most doubtful first, that somebody has begun to check. */
function checking(count: number): Verification & { show(...ids: number[]): void; lose(...ids: number[]): void } {
  const verification = new Verification();
  verification.start(Array.from({ length: count }, (_, index) => index + 1));
  verification.begin();
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return Object.assign(verification, {
    show: (...ids: number[]) => verification.see({ shown: new Set(ids), hidesSome: ids.length < count, gone: 0 }),
    lose: (...ids: number[]) => verification.see({ shown: new Set(all.filter((id) => !ids.includes(id))), hidesSome: false, gone: ids.length }),
  });
}

const where = ({ phase, current, progress: { checked, total } }: Verification): string => `${phase} ${current ?? '-'} ${checked}/${total}`;

test('each is kept in turn, and after the last comes the rest', () => {
  const verification = checking(2);
  assert.equal(where(verification), 'each 1 0/2');
  verification.keep();
  assert.equal(where(verification), 'each 2 1/2');
  verification.keep();
  assert.equal(where(verification), 'rest - 2/2');
});

test('what was passed over comes again before the end, but for who steps past the last', () => {
  const verification = checking(3);
  verification.next();
  verification.keep();
  verification.keep();
  assert.equal(where(verification), 'each 1 2/3');
  verification.go(3);
  verification.next();
  assert.equal(where(verification), 'rest - 2/3');
  assert.equal(verification.left, 1);
  verification.begin();
  assert.equal(where(verification), 'each 1 2/3');
});

test('back goes through what was checked, from the end to the last one, and no further than the first', () => {
  const verification = checking(2);
  verification.keep();
  verification.keep();
  assert.equal(verification.back(), true);
  assert.equal(where(verification), 'each 2 2/2');
  assert.equal(verification.back(), true);
  assert.equal(verification.back(), false);
  assert.equal(where(verification), 'each 1 2/2');
});

test('keeping what was checked before goes on to what was not', () => {
  const verification = checking(4);
  verification.keep();
  verification.keep();
  verification.go(1);
  verification.keep();
  assert.equal(where(verification), 'each 3 2/4');
});

test('one that is deleted counts as checked, and the next one follows', () => {
  const verification = checking(3);
  verification.keep();
  verification.lose(2);
  assert.equal(where(verification), 'each 3 2/3');
  verification.lose(2, 3);
  assert.equal(where(verification), 'rest - 3/3');
  verification.lose(3);
  verification.unmark(2);
  assert.equal(verification.go(2), true);
  assert.equal(where(verification), 'each 2 2/3');
});

test('one that is hidden does not count, and neither do what nobody predicted', () => {
  const verification = checking(4);
  verification.show(2, 4, 99);
  assert.equal(where(verification), 'each 2 0/2');
  verification.show(1, 2, 3, 4, 99);
  assert.equal(where(verification), 'each 2 0/4');
  assert.equal(verification.go(99), false);
  assert.deepEqual([verification.isOpen(2), verification.isOpen(99)], [true, false]);
});

test('where everything is hidden for a moment, nobody has moved on', () => {
  const verification = checking(3);
  verification.keep();
  verification.show();
  assert.equal(where(verification), 'each - 0/0');
  verification.show(1, 2, 3);
  assert.equal(where(verification), 'each 2 1/3');
});

test('where all that is not checked is hidden, the rest comes; shown again, it is left', () => {
  const verification = checking(3);
  verification.keep();
  verification.show(1);
  assert.equal(where(verification), 'rest - 1/1');
  verification.show(1, 2, 3);
  assert.equal(where(verification), 'rest - 1/3');
  assert.equal(verification.left, 2);
});

test('who stops and begins again is where they were, or at the first where all is checked', () => {
  const verification = checking(2);
  verification.keep();
  verification.stop();
  assert.equal(where(verification), 'off - 1/2');
  verification.begin();
  assert.equal(where(verification), 'each 2 1/2');
  verification.mark(2);
  verification.begin();
  assert.equal(where(verification), 'each 1 2/2');
});

test('without predictions there is only the rest', () => {
  const verification = checking(0);
  assert.equal(where(verification), 'rest - 0/0');
  assert.equal(verification.back(), false);
});

test('ten thousand are no more work than a few for each step', () => {
  const count = 10_000;
  const verification = checking(count);
  const shown = new Set(Array.from({ length: count }, (_, index) => index + 1));
  for (let step = 0; step < 200; step++) {
    verification.keep();
    verification.see({ shown, hidesSome: false, gone: 0 });
  }
  assert.equal(where(verification), 'each 201 200/10000');
  for (let step = 0; step < count - 200; step++) verification.next();
  assert.equal(verification.phase, 'rest');
  assert.equal(verification.left, count - 200);
});
