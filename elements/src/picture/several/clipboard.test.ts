import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOXES } from '../../crowd-bounding-box/boxes.ts';
import { Rig } from '../../crowd-2d-skeleton/rig.ts';
import { skeletonKind } from '../../crowd-2d-skeleton/skeletons.ts';
import { KEYPOINTS } from '../../crowd-keypoint/keypoints.ts';
import { POLYLINES } from '../../crowd-polyline/polylines.ts';
import type { Json } from '../../frame/protocol.ts';
import { Clipboard, type Keep } from './clipboard.ts';
import { Editor, picture } from '../editor.testing.ts';
import type { Box } from '../shapes/box.ts';

/** What is kept from task to task. */
function keep(kept?: Json): Keep & { kept: Json | undefined } {
  const it = { kept, get: () => it.kept, set: (value: Json) => void (it.kept = value) };
  return it;
}

const editor = (...initial: Omit<Box, 'label'>[]): Editor<Box> => new Editor(BOXES, initial);
const rects = ({ shapes }: Editor<Box>): number[][] => shapes.items.map(({ left, top, width, height }) => [left, top, width, height]);

// These two first: from then on, what was copied on the page itself is meant.
test('copies that lie beyond all measure are left out, whoever has kept them', () => {
  const line = (x: number): Json => ({ label: 'car', vertices: [{ x, y: 0 }, { x: -x, y: 5 }] });
  const worker = new Editor(POLYLINES, []);
  new Clipboard(POLYLINES, worker.shapes, keep({ kind: 'polylines', shapes: [line(1e308), line(1e200), line(4)] })).paste({ x: 50, y: 50 }, picture);
  assert.deepEqual(worker.shapes.items.map(({ vertices }) => vertices), [[{ x: 54, y: 48 }, { x: 46, y: 53 }]]);
});

test('what was copied in an earlier task is put on the next one, as far as its labels are there', () => {
  const shapes = [{ label: 'car', left: 1, top: 2, width: 3, height: 4 }, { label: 'bus', left: 0, top: 0, width: 9, height: 9 }, { label: 'car' }];
  const worker = editor();
  const clipboard = new Clipboard(BOXES, worker.shapes, keep({ kind: 'boundingBoxes', shapes }));
  clipboard.paste({ x: 50, y: 50 }, picture);
  assert.deepEqual(rects(worker), [[49, 48, 3, 4]]);
  assert.equal(clipboard.remark, 'Not pasted: 2 boxes, for want of a label that this task offers.');
  worker.shapes.select(worker.shapes.items[0]?.id);
  clipboard.copy();
  assert.equal(clipboard.remark, '');
});

test('copies come where the pointer is, without a score, kept inside the picture, and are selected', () => {
  const worker = editor({ id: 101, left: 10, top: 10, width: 20, height: 20, score: 0.4 }, { id: 102, left: 50, top: 10, width: 20, height: 20 });
  const clipboard = new Clipboard(BOXES, worker.shapes, keep());
  worker.shapes.selectSeveral([101, 102]);
  clipboard.copy();
  clipboard.paste({ x: 100, y: 50 }, picture);
  assert.deepEqual(rects(worker).slice(2), [[70, 40, 20, 20], [110, 40, 20, 20]]);
  assert.deepEqual([worker.shapes.items[2]?.score, worker.shapes.selectedItems.length], [undefined, 2]);
  clipboard.paste({ x: 199, y: 99 }, picture);
  assert.deepEqual(rects(worker).slice(4), [[140, 80, 20, 20], [180, 80, 20, 20]]);
  worker.shapes.undo();
  worker.shapes.undo();
  assert.equal(worker.shapes.items.length, 2);
});

test('without a pointer each copy lies a little further away', () => {
  const worker = editor({ id: 101, left: 10, top: 10, width: 20, height: 20 });
  const clipboard = new Clipboard(BOXES, worker.shapes, keep());
  worker.shapes.select(101);
  clipboard.copy();
  clipboard.paste(undefined, picture);
  clipboard.paste(undefined, picture);
  assert.deepEqual(rects(worker), [[10, 10, 20, 20], [20, 20, 20, 20], [30, 30, 20, 20]]);
});

test('a duplicate lies beside what it is of, in the far corner on the other side', () => {
  const worker = editor({ id: 101, left: 180, top: 80, width: 20, height: 20 });
  const clipboard = new Clipboard(BOXES, worker.shapes, keep());
  worker.shapes.select(101);
  clipboard.duplicate(picture);
  assert.deepEqual(rects(worker), [[180, 80, 20, 20], [170, 70, 20, 20]]);
});

test('copies of another kind of shape are none', () => {
  const points = new Editor(KEYPOINTS, [{ id: 101, x: 5, y: 5 }]);
  points.shapes.select(101);
  const kept = keep();
  new Clipboard(KEYPOINTS, points.shapes, kept).copy();
  assert.deepEqual(kept.kept, { kind: 'keypoints', shapes: [{ label: 'car', x: 5, y: 5 }] });
  for (const other of [kept, keep(null), keep('text'), keep({ kind: 'boundingBoxes' })]) {
    assert.equal(new Clipboard(BOXES, editor().shapes, other).canPaste, false);
  }
});

test('more than a little is kept with the page only', () => {
  const worker = editor(...Array.from({ length: 100 }, (_, index) => ({ id: index + 1001, left: index, top: 1, width: 5, height: 5 })));
  const kept = keep('earlier');
  const clipboard = new Clipboard(BOXES, worker.shapes, kept);
  worker.several.selectAll();
  clipboard.copy();
  assert.equal(kept.kept, null);
  clipboard.paste(undefined, picture);
  assert.equal(worker.shapes.items.length, 200);
});

test('what is kept is measured in bytes, as the portal does', () => {
  const worker = editor(...Array.from({ length: 20 }, (_, index) => ({ id: index + 1001, left: index, top: 1, width: 5, height: 5 })));
  const label = '車'.repeat(80);
  worker.shapes.labels.names = [label];
  worker.shapes.setInitial(worker.shapes.start.map((shape) => ({ ...shape, label })));
  worker.several.selectAll();
  const kept = keep('earlier');
  new Clipboard(BOXES, worker.shapes, kept).copy();
  assert.equal(kept.kept, null);
});

test('a copy of a skeleton has a name of its own', () => {
  const rig = new Rig();
  rig.readClasses('[{"label": "car", "color": "#000000", "x": 0, "y": 0}, {"label": "person", "color": "#000000", "x": 9, "y": 9}]');
  const worker = new Editor(skeletonKind(rig), [{ id: 101, joints: [{ label: 'car', x: 10, y: 10 }] }]);
  worker.shapes.select(101);
  const clipboard = new Clipboard(skeletonKind(rig), worker.shapes, keep());
  clipboard.duplicate(picture);
  clipboard.duplicate(picture);
  assert.deepEqual(worker.shapes.items.map(({ label, joints }) => [label, joints[0]?.x]), [['car', 10], ['Skeleton 2', 20], ['Skeleton 3', 30]]);
});
