import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSTANCES } from '../crowd-instance-segmentation/instances.ts';
import { CLASSES } from '../crowd-semantic-segmentation/classes.ts';
import { readGiven } from './given-mask.ts';
import type { RasterKind } from './raster-kind.ts';

const ROAD = { label: 'road', color: '#2CA02c' };

const FORMS: [string, RasterKind, string, string, number?][] = [
  ['labels with their colours', CLASSES, "{src: 'm.png', labelMappings: {'road': {color: '#2CA02c'},},}", 'm.png'],
  ['labels that are their colours', CLASSES, "{src: 'm.png', labelMappings: {road: '#2CA02c'}}", 'm.png'],
  ['a list of labels and colours', CLASSES, "{src: 'm.png', labelMappings: [{label: 'road', color: ' #2CA02c '}]}", 'm.png'],
  ['instances', INSTANCES, '{"src": "m.png", "instances": [{"color": "#2CA02c", "label": "road", "score": 0.4}]}', 'm.png', 0.4],
  ['the colour map of a manifest', CLASSES, "{src: 'm.png', 'internal-color-map': {'0': {'class-name': 'BACKGROUND', 'hex-color': '#ffffff'}, '1': {'class-name': 'road', 'hex-color': '#2CA02c', confidence: 0.9}}}", 'm.png', 0.9],
  ['an earlier answer', CLASSES, "{labelMappings: {road: {color: '#2CA02c'}}, labeledImage: {pngImageData: 'AAAA'}, inputImageProperties: {height: 1, width: 1}}", 'data:image/png;base64,AAAA'],
  ['no picture', CLASSES, "{labelMappings: {road: {color: '#2CA02c'}}, labeledImage: null}", ''],
];

for (const [name, kind, text, source, score] of FORMS) {
  const regions = [score === undefined ? ROAD : { ...ROAD, score }];
  test(`initial-value: ${name}`, () => assert.deepEqual(readGiven(text, kind).given, { source, regions }));
}

test('an empty attribute gives nothing', () => assert.deepEqual(readGiven(' ', CLASSES), { given: undefined, length: 0, errors: [] }));

test('a region without a colour is left out and told, by its number', () => {
  const { given, length, errors } = readGiven("{src: 'm.png', labelMappings: {road: {color: '#2CA02c'}, sky: {color: 'blue'}, sea: {}, x: 3}}", CLASSES);
  assert.deepEqual(given?.regions, [ROAD]);
  assert.equal(length, 4);
  assert.deepEqual(errors.map((error) => error.slice(0, 6)), ['item 2', 'item 3', 'item 4']);
});

test('what is no mask is an error that says what would be one', () => {
  for (const text of ['[]', '3', "{src: 'm.png'}", "{src: 'm.png', labelMappings: 'x'}", '{']) {
    assert.throws(() => readGiven(text, CLASSES), /The attribute initial-value/, text);
  }
});
