import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOverlay } from './read-overlay.ts';

test('boxes of an earlier task, as documented', () => {
  const box = { height: 1, label: 'car', left: 2, top: 3, width: 4 };

  assert.deepEqual(readOverlay("{boundingBox: {labels: ['person', 'car'], value: [{height: 1, label: 'car', left: 2, top: 3, width: 4},]}}"), {
    kind: 'boundingBox',
    labels: ['person', 'car'],
    initial: JSON.stringify([box]),
  });
});

test('a list may be called as in the answer of its task', () => {
  assert.equal(readOverlay('{polygon: {polygons: []}}')?.initial, '[]');
});

test('labels that only annotations have come after those that are listed', () => {
  assert.deepEqual(readOverlay("{keypoint: {labels: ['b'], value: [{label: 'a'}, {label: 'b'}, {}, 7]}}")?.labels, ['b', 'a']);
});

test('masks, whose labels may be keys', () => {
  const text = "{semanticSegmentation: {src: '/mask.png', labelMappings: {road: {color: '#2ca02c'}}}}";

  assert.deepEqual(readOverlay(text), {
    kind: 'semanticSegmentation',
    labels: ['road'],
    initial: '{"src":"/mask.png","labelMappings":{"road":{"color":"#2ca02c"}}}',
  });
});

test('nothing given is nothing', () => {
  for (const text of ['', '  ', '{}']) assert.equal(readOverlay(text), undefined);
});

test('what cannot be shown is named', () => {
  assert.throws(() => readOverlay('{cuboid: {}}'), /must name one of boundingBox.*"cuboid"/);
  assert.throws(() => readOverlay('{line: {}, polygon: {}}'), /names 2 things/);
  assert.throws(() => readOverlay('{line: []}'), /"line" of the attribute overlay must be an object/);
  assert.throws(() => readOverlay('[]'), /must be an object/);
});
