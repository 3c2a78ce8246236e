import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blank, boundsInWords, countWords, isBlank, problemOfCount, problemsOf, type Limits } from './pairs.ts';

const LIMITS: Limits = { questions: { least: 2, most: 3 }, question: { least: 1, most: 4 }, answer: { least: 1, most: Infinity } };

test('words are what spaces part, but for scripts without spaces', () => {
  assert.deepEqual(['', ' – ', 'a state-of-the-art model', 'two\n words '].map(countWords), [0, 0, 3, 2]);
  assert.ok(countWords('東京都に住む') > 1);
});

test('a pair says what it lacks', () => {
  assert.deepEqual(problemsOf({ ...blank(1), question: 'one two three four five' }, 0, LIMITS), [
    'The question needs 1 to 4 words, and has 5.',
    'The answer needs at least 1 word, and has 0.',
    'Mark the passage of the text that it is about, or say that it is the whole text.',
  ]);
  assert.deepEqual(problemsOf({ ...blank(1), question: 'why', answer: 'so' }, 1, LIMITS), []);
  assert.deepEqual(problemsOf({ ...blank(1), question: 'why', answer: 'so', wholeText: true }, 0, LIMITS), []);
});

test('too few and too many questions', () => {
  assert.equal(problemOfCount(1, LIMITS), 'This task asks for 2 to 3 questions, and there is 1.');
  assert.equal(problemOfCount(2, LIMITS), '');
  assert.equal(problemOfCount(4, LIMITS), 'This task asks for 2 to 3 questions, and there are 4.');
  assert.equal(boundsInWords({ least: 1, most: 1 }, 'question'), 'exactly 1 question');
});

test('a pair is blank while nothing of it is there', () => {
  assert.equal(isBlank({ ...blank(1), question: ' ' }, 0), true);
  assert.equal(isBlank(blank(1), 1), false);
  assert.equal(isBlank({ ...blank(1), tags: ['a'] }, 0), false);
});
