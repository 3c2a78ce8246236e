/** The cases are shared with the scripted reviewer, which reads the same grammar in Python. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import cases from './lenient-json.cases.json';
import { parseLenient } from './lenient-json.ts';

for (const { title, text, value } of cases.read) {
  test(`reads ${title}`, () => assert.deepEqual(parseLenient(text), value));
}

for (const { title, text, message } of cases.refused) {
  const isExpected = (error: SyntaxError): boolean => error.message.includes(message);
  test(`refuses ${title} and says where`, () => assert.throws(() => parseLenient(text), isExpected));
}

test('reads the numbers that JSON has no word for', () =>
  assert.deepEqual(parseLenient('[NaN, -Infinity, Infinity, 1e999]'), [NaN, -Infinity, Infinity, Infinity]));

test('a key such as __proto__ is a key like any other', () => {
  const value = parseLenient('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
  assert.deepEqual(Object.keys(value), ['__proto__']);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});
