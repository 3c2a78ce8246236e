import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLenient } from './lenient-json.ts';

const CASES: [string, string, unknown][] = [
  ['strict JSON', '{"a": [1, -2.5e3, true, false, null, "x"]}', { a: [1, -2500, true, false, null, 'x'] }],
  ['single quotes', "['car', 'person']", ['car', 'person']],
  ['a quote of the other kind', `["it's", 'say "so"']`, ["it's", 'say "so"']],
  ['bare keys', '{left: 1, $top_2: 2, data-x: 3}', { left: 1, $top_2: 2, 'data-x': 3 }],
  ['trailing commas', '[{"a": 1,}, [2,],]', [{ a: 1 }, [2]]],
  ['comments and new lines', '[ // first\n 1, /* two\n lines */ 2\n]', [1, 2]],
  ['escapes', String.raw`["\u00e9\x41\n\"\\\/"]`, ['éA\n"\\/']],
  ['numbers of every kind', '[+1, .5, 2., 0x1F, 1E2]', [1, 0.5, 2, 31, 100]],
  ['the numbers that JSON has no word for', '[NaN, -Infinity, Infinity, 1e999]', [NaN, -Infinity, Infinity, Infinity]],
  ['a lone text', '"x"', 'x'],
  ['nothing in it', ' [ ] ', []],
  ['letters of any script', "['größe', '車']", ['größe', '車']],
];

for (const [name, text, expected] of CASES) {
  test(`reads ${name}`, () => assert.deepEqual(parseLenient(text), expected));
}

const REFUSED: [string, string, RegExp][] = [
  ['a missing comma', "['car' 'person']", /expected "," or "\]" at character 8, found "'person'\]"/],
  ['an open list', "['car'", /expected "," or "\]" at character 7, the text ends/],
  ['an open text', '["car]', /expected a closing " at character 7/],
  ['an unquoted word', '[car]', /expected a list, an object, a quoted text or a number at character 2/],
  ['something after the end', '[1] 2', /expected nothing more at character 5/],
  ['a missing colon', '{a 1}', /expected ":" after a key/],
  ['half an escape', String.raw`["\u12"]`, /expected 4 hexadecimal digits/],
  ['no text at all', '', /the text ends/],
];

for (const [name, text, message] of REFUSED) {
  test(`refuses ${name} and says where`, () => assert.throws(() => parseLenient(text), { name: 'SyntaxError', message }));
}

test('a key such as __proto__ is a key like any other', () => {
  const value = parseLenient('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
  assert.deepEqual(Object.keys(value), ['__proto__']);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});
