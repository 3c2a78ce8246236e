import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextWork } from './text-work.ts';

function workOn(text: string, initial: readonly { label: string; startOffset: number; endOffset: number }[] = []): TextWork {
  const work = new TextWork();
  work.labels.names = ['person', 'place'];
  work.setInitial(initial.map((span, index) => ({ id: -1 - index, ...span })));
  work.setText(text);
  return work;
}

const spans = (work: TextWork): string[] => work.items.map((span) => `${span.label} ${work.textOf(span)} ${span.startOffset}-${span.endOffset}`);
const after = (work: TextWork, act: () => void): string => {
  act();
  return highlighted(work);
};
const highlighted = (work: TextWork): string => (work.highlighted ? work.text.slice(work.highlighted) : '');

test('arrows go from word to word, and a label marks the one that is highlighted', () => {
  const work = workOn('Ada met Bob.');
  const seen = [1, 1, 1, 1, 1, -1].map((step) => after(work, () => work.move(step as 1 | -1)));
  assert.deepEqual(seen, ['Ada', 'met', 'Bob', '.', '.', 'Bob']);
  work.chooseLabel('place');
  assert.deepEqual(spans(work), ['place Bob 8-11']);
  assert.equal(work.labels.active, 'place');
  assert.equal(highlighted(work), '');
});

test('with nothing highlighted a label is chosen for what comes next, or given to the selected span', () => {
  const work = workOn('Ada met Bob', [{ label: 'person', startOffset: 0, endOffset: 3 }]);
  work.chooseLabel('place');
  assert.deepEqual(spans(work), ['person Ada 0-3']);
  work.select(-1);
  work.chooseLabel('place');
  assert.deepEqual(spans(work), ['place Ada 0-3']);
});

test('Shift and arrows extend by words in both directions around the first one', () => {
  const work = workOn('one two three four five');
  work.pointAtWord(9);
  const seen = ([1, -1, -1, -1, 1] as const).map((step) => after(work, () => work.extend(step, 'word')));
  assert.deepEqual(seen, ['three four', 'three', 'two three', 'one two three', 'two three']);
});

test('a span is resized at either end, by words or by characters, and that is undone at once', () => {
  const work = workOn('one two three', [{ label: 'person', startOffset: 4, endOffset: 7 }]);
  work.select(-1);
  work.extend(1, 'word');
  work.extend(-1, 'character');
  assert.deepEqual(spans(work), ['person two thre 4-12']);
  work.swapEnds();
  work.extend(-1, 'word');
  assert.deepEqual(spans(work), ['person one two thre 0-12']);
  work.undo();
  assert.deepEqual(spans(work), ['person two 4-7']);
});

test('offsets count characters beyond the basic plane once', () => {
  const work = workOn('👋🏽 Ada 👨‍👩‍👧 Bob');
  work.pointAtWord(work.text.string.indexOf('Bob'));
  work.mark();
  work.pointAtWord(work.text.string.indexOf('Ada'));
  work.mark();
  assert.deepEqual(spans(work), ['person Bob 13-16', 'person Ada 3-6']);
  assert.equal([...work.text.string].slice(13, 16).join(''), 'Bob');
});

test('a family is one character for the keyboard', () => {
  const work = workOn('a👨‍👩‍👧b');
  work.point({ start: 0, end: 1 });
  work.extend(1, 'character');
  assert.equal(highlighted(work), 'a👨‍👩‍👧');
});

test('white space at the ends is not part of a span, and white space alone is none', () => {
  const work = workOn('a  b \n');
  work.point({ start: 1, end: 3 });
  work.mark();
  assert.deepEqual(spans(work), []);
  work.point({ start: 1, end: 6 });
  work.mark();
  assert.deepEqual(spans(work), ['person b 3-4']);
});

test('the same span twice is one; with another label it is a second', () => {
  const work = workOn('Ada');
  for (const label of ['person', 'person', 'place']) {
    work.pointAtWord(0);
    work.chooseLabel(label);
  }
  assert.deepEqual(spans(work), ['person Ada 0-3', 'place Ada 0-3']);
});

test('where spans may not overlap, one that would is refused in words', () => {
  const work = workOn('one two three', [{ label: 'person', startOffset: 4, endOffset: 7 }]);
  work.allowsOverlap = false;
  work.point({ start: 0, end: 7 });
  work.mark();
  assert.equal(work.refusal, 'Spans of this task may not overlap, and “two” is marked already.');
  assert.equal(work.items.length, 1);
  work.pointAtWord(0);
  assert.equal(work.refusal, '');
  work.mark();
  work.extend(1, 'word');
  assert.deepEqual(spans(work), ['person two 4-7', 'person one 0-3']);
  assert.notEqual(work.refusal, '');
});

test('what reaches over the end of the text is cut, what lies beyond it is left out', () => {
  const work = workOn('Ada', [{ label: 'person', startOffset: 1, endOffset: 9 }, { label: 'person', startOffset: 3, endOffset: 4 }, { label: 'person', startOffset: 2, endOffset: 2 }]);
  assert.deepEqual(spans(work), ['person da 1-3']);
  assert.deepEqual(work.losses, { cut: 1, outside: 2, unreadable: 0, unlisted: 0 });
});

test('Tab goes through the spans in the order of the text, from where the keyboard is', () => {
  const work = workOn('one two three', [{ label: 'person', startOffset: 8, endOffset: 13 }, { label: 'place', startOffset: 0, endOffset: 3 }]);
  assert.equal(work.neighbour(1)?.id, -2);
  work.select(-2);
  assert.equal(work.neighbour(1)?.id, -1);
  work.point({ start: 4, end: 7 });
  assert.deepEqual([work.neighbour(1)?.id, work.neighbour(-1)?.id], [-1, -2]);
});

test('of the spans at a place the shortest comes first', () => {
  const work = workOn('one two three', [{ label: 'person', startOffset: 0, endOffset: 13 }, { label: 'place', startOffset: 4, endOffset: 7 }]);
  assert.deepEqual(work.spansAt(5).map(({ id }) => id), [-2, -1]);
  assert.deepEqual(work.spansAt(7).map(({ id }) => id), [-1]);
});
