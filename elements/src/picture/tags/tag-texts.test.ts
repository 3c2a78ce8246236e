import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from '../../labels/label.ts';
import { TagTexts } from './tag-texts.ts';

const texts = (...names: string[]): TagTexts => {
  const list = names.map(labelOf);
  return new TagTexts(() => list);
};

test('a tag says the whole label, its beginning, or what tells it from the others', () => {
  assert.deepEqual(texts('bicycle', 'bowl of the spoon').of('bowl of the spoon'), ['bowl of the spoon', 'bowl of the…', 'bow']);
  assert.deepEqual(texts('car').of('car'), ['car']);
});

test('labels that begin alike are not cut so far that they look alike', () => {
  const tags = texts('pedestrian walking', 'pedestrian waiting');
  assert.deepEqual(tags.of('pedestrian walking'), ['pedestrian walking', 'pedestrian wal…', 'pedestrian wal', 'ped…wal']);
  assert.deepEqual(tags.of('pedestrian waiting').at(-1), 'ped…wai');
});

test('what is no label of the task is not cut to a few letters', () => {
  assert.deepEqual(texts('nose').of('Skeleton 12'), ['Skeleton 12']);
});

test('another list of labels makes other texts', () => {
  let list = [labelOf('carport')];
  const tags = new TagTexts(() => list);
  assert.equal(tags.of('carport').at(-1), 'car');
  list = [labelOf('carport'), labelOf('carpet')];
  assert.equal(tags.of('carport').at(-1), 'carpo');
});
