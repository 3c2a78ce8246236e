import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf, type GalleryData } from './example.ts';

const ALONE = ['', ''] as const;

const data: GalleryData = { tag: 'crowd-input', bringsForm: false, examples: [], objects: { '/picture.png': '/static/sample.png' } };

test('an element stands in a form with its attributes and content', () => {
  const page = pageOf(data, { name: 'it', required: true, label: 'a "b" <c>' }, '<b>inside</b>', ALONE);
  assert.equal(page, '<crowd-form><crowd-input id="it" name="it" required label="a &quot;b&quot; &lt;c>"><b>inside</b></crowd-input></crowd-form>');
});

test('one that brings its form stands alone, one of HTML without an end has none', () => {
  assert.equal(pageOf({ ...data, tag: 'crowd-entity-annotation', bringsForm: true }, {}, '', ALONE), '<crowd-entity-annotation id="it"></crowd-entity-annotation>');
  assert.equal(pageOf({ ...data, tag: 'input' }, {}, '', ALONE), '<crowd-form><input id="it"></crowd-form>');
});

test('the objects of the examples are those of the server', () => {
  assert.match(pageOf(data, { src: '/picture.png' }, '', ALONE), /src="\/static\/sample.png"/);
});

test('it stands in what it belongs to', () => {
  const page = pageOf({ ...data, tag: 'crowd-tab' }, {}, 'x', ['<crowd-tabs>', '</crowd-tabs>']);
  assert.equal(page, '<crowd-form><crowd-tabs><crowd-tab id="it">x</crowd-tab></crowd-tabs></crowd-form>');
});
