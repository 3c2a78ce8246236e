import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rig } from './rig.ts';
import { skeletonGeometry, type Skeleton } from './skeleton.ts';

const geometry = skeletonGeometry(new Rig());
const picture = { width: 200, height: 100 };
const skeleton = (...places: [number, number][]): Skeleton => ({ id: 1, label: 'Ada', joints: places.map(([x, y], index) => ({ label: `joint ${index}`, x, y })) });
const places = (shape: Skeleton | undefined): number[][] | undefined => shape?.joints.map(({ x, y }) => [x, y]);

test('a side stretches a skeleton from the opposite one', () => {
  const ada = skeleton([50, 20], [60, 40], [70, 60]);
  assert.deepEqual(places(geometry.moveSide?.(ada, 'left', -20, picture)), [[30, 20], [50, 40], [70, 60]]);
  assert.deepEqual(places(geometry.moveSide?.(ada, 'bottom', -20, picture)), [[50, 20], [60, 30], [70, 40]]);
});

test('a skeleton without an extent that way has no side to move', () => {
  assert.equal(geometry.moveSide?.(skeleton([50, 20], [50, 40]), 'right', 5, picture), undefined);
});
