import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AllowedCharacters } from './allowed-characters.ts';

const typed = (data: string | null, pasted?: string): Pick<InputEvent, 'data' | 'dataTransfer'> => ({
  data,
  dataTransfer: pasted === undefined ? null : ({ getData: () => pasted } as unknown as DataTransfer),
});

test('each character is tried by itself', () => {
  const allowed = new AllowedCharacters(assert.fail);
  assert.equal(allowed.refused(typed('7'), '[0-9]'), '');
  assert.equal(allowed.refused(typed('x'), '[0-9]'), 'x');
  assert.equal(allowed.refused(typed('1👍2'), '[0-9]'), '👍');
});

test('what is pasted is tried too', () => {
  assert.equal(new AllowedCharacters(assert.fail).refused(typed(null, '1-2'), '[0-9]'), '-');
});

test('deleting is always allowed', () => {
  assert.equal(new AllowedCharacters(assert.fail).refused(typed(null), '[0-9]'), '');
});

test('a pattern that cannot be read allows all and is reported once', () => {
  const reports: string[] = [];
  const allowed = new AllowedCharacters((message) => reports.push(message));
  assert.deepEqual(['a', 'b'].map((data) => allowed.refused(typed(data), '[')), ['', '']);
  assert.equal(reports.length, 1);
  assert.match(reports[0]!, /allowed-pattern/);
});
