import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Choices, type Limit } from './choices.ts';

function choices(limit: Limit, categories = ['a', 'b', 'c'], exclusion = ''): { choices: Choices; heard: string[] } {
  const heard: string[] = [];
  const all = new Choices(limit, (what) => heard.push(what));
  all.categories = categories;
  all.exclusion = exclusion;
  heard.length = 0;
  return { choices: all, heard };
}

const pick = (all: Choices, ...texts: string[]): void => {
  for (const text of texts) all.choose(all.options.find((option) => option.text === text)!);
};

test('of one, the last choice holds, and choosing it again changes nothing', () => {
  const { choices: all, heard } = choices('one');

  pick(all, 'c', 'a', 'a');

  assert.deepEqual(all.chosen, ['a']);
  assert.deepEqual(heard, ['choice', 'choice']);
});

test('of any number, choices are toggled and told in the order of the categories', () => {
  const { choices: all } = choices('any');

  pick(all, 'c', 'a', 'b', 'b');

  assert.deepEqual(all.chosen, ['a', 'c']);
});

test('that none fits and a category exclude each other, both ways', () => {
  const { choices: all } = choices('any', ['a', 'none'], 'none');
  const [, category, exclusion] = all.options;

  all.choose(exclusion!);
  assert.deepEqual([all.chosen, all.excludes, all.isChosen(category!)], [[], true, false]);
  all.choose(category!);

  assert.deepEqual([all.chosen, all.excludes, all.isChosen(exclusion!)], [['none'], false, false]);
});

test('that none fits can be taken back where several may be chosen', () => {
  const { choices: all } = choices('any', ['a'], 'none');

  pick(all, 'none');
  assert.equal(all.isAnswered, true);
  pick(all, 'none');

  assert.equal(all.isAnswered, false);
});

test('a category that is given twice is offered once', () => {
  assert.deepEqual(choices('one', ['a', 'b', 'a']).choices.options.map(({ text }) => text), ['a', 'b']);
});

test('what was chosen counts while it is offered, also where the categories come later', () => {
  const { choices: all } = choices('one', []);

  all.initial = ['b'];
  assert.equal(all.isAnswered, false);
  all.categories = ['a', 'b'];
  assert.deepEqual(all.chosen, ['b']);
  all.categories = ['a'];

  assert.deepEqual(all.chosen, []);
});

test('a new initial choice does not undo that of the worker', () => {
  const { choices: all } = choices('one');
  all.initial = ['a'];
  all.initial = ['b'];
  assert.deepEqual(all.chosen, ['b']);

  pick(all, 'c');
  all.initial = ['a'];
  assert.deepEqual(all.chosen, ['c']);
  all.reset();

  assert.deepEqual(all.chosen, ['a']);
});

test('a saved choice comes back, and what is no saved choice changes nothing', () => {
  const { choices: all } = choices('any', ['a', 'b'], 'none');
  pick(all, 'b');
  const saved = all.save();
  pick(all, 'none');
  const excluded = all.save();

  all.restore(saved);
  assert.deepEqual([all.chosen, all.excludes], [['b'], false]);
  all.restore({});
  all.restore({ chosen: 'a' });
  assert.deepEqual(all.chosen, ['b']);
  all.restore(excluded);

  assert.equal(all.excludes, true);
});
