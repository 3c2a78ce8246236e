import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf, type Asked } from './reasons.ts';

const reason = (type: string, flag: keyof ValidityState, more: Partial<Asked> = {}): string =>
  reasonOf({ type, value: '', validity: { [flag]: true }, validationMessage: 'as the browser says', ...more });

test('what is missing is asked for by what it is', () => {
  const asked = ['text', 'textarea', 'radio', 'select-one', 'checkbox', 'date'].map((type) => reason(type, 'valueMissing'));
  assert.deepEqual(asked, ['fill this in', 'fill this in', 'choose one', 'choose one', 'tick this box', 'give a date']);
});

test('limits are named', () => {
  assert.equal(reason('number', 'rangeUnderflow', { min: '3' }), 'give 3 or more');
  assert.equal(reason('date', 'rangeOverflow', { max: '2026-01-01' }), 'give 2026-01-01 or earlier');
  assert.equal(reason('number', 'stepMismatch', { step: '0.5' }), 'go in steps of 0.5');
  assert.equal(reason('text', 'tooShort', { minLength: 5, value: 'abc' }), 'write at least 5 characters; there are 3');
  assert.equal(reason('text', 'tooLong', { maxLength: 2, value: 'abc' }), 'write at most 2 characters; there are 3');
});

test('a form is named by the template or by its type', () => {
  assert.equal(reason('text', 'patternMismatch', { title: 'three letters' }), 'three letters');
  assert.equal(reason('text', 'patternMismatch'), 'write this in the form that is asked for');
  assert.equal(reason('number', 'badInput'), 'write a number');
  assert.equal(reason('email', 'typeMismatch'), 'write an e-mail address, such as name@example.com');
});

test('what a script says goes before all else', () => {
  const validity = { customError: true, valueMissing: true };
  assert.equal(reasonOf({ type: 'text', value: '', validity, validationMessage: 'not today' }), 'not today');
});

test('what we have no words for the browser has', () => {
  assert.equal(reasonOf({ type: 'text', value: '', validity: {}, validationMessage: 'as the browser says' }), 'as the browser says');
});
