/** A skeleton: keypoints, each of its class, with bones between them. Knows no DOM. */
import { clamp, distance, snap, withSide, type Point, type Side, type Size } from '../base/geometry.ts';
import type { JsonObject } from '../base/json-object.ts';
import { gripAt, vertexGrips, type Grip } from '../picture/shapes/handle-places.ts';
import { boundsOf } from '../picture/shapes/path.ts';
import { distanceTo } from '../picture/shapes/segments.ts';
import type { Geometry, Handle, Shape } from '../picture/shapes/shape.ts';
import type { Joint, Rig } from './rig.ts';

/** Its label is its name. */
export type Skeleton = Shape & {
  readonly joints: readonly Joint[];
  /** What else was given with it, such as `annotation_options`. */
  readonly rest?: JsonObject;
};

/** A name that no other skeleton has. */
export function freeName(skeletons: readonly Skeleton[]): string {
  const names = new Set(skeletons.map(({ label }) => label));
  let number = skeletons.length + 1;
  while (names.has(`Skeleton ${number}`)) number += 1;
  return `Skeleton ${number}`;
}

const handleOf = ({ label, x, y }: Joint): Handle => ({ name: label, words: label, point: { x, y }, cursor: 'move', isVertex: true });

const isSame = (a: Joint, b: Joint | undefined): boolean => a.label === b?.label && a.x === b.x && a.y === b.y;

const grips = ({ joints }: Skeleton, scale: number): Grip[] => vertexGrips(joints.map(handleOf), boundsOf(joints), scale);

export function skeletonGeometry(rig: Rig): Geometry<Skeleton> {
  const near = ({ joints }: Skeleton, point: Point): number => {
    const bones = rig.bonesOf(joints).map(({ from, to }) => distanceTo([from, to], point));
    return Math.min(...bones, ...joints.map((joint) => distance(joint, point)));
  };
  return {
    outside: 'outside the picture',
    same: (a, b) => a.label === b.label && a.joints.length === b.joints.length && a.joints.every((joint, index) => isSame(joint, b.joints[index])),
    bounds: ({ joints }) => boundsOf(joints),
    within(skeleton, { width, height }) {
      const joints = skeleton.joints.filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);
      if (joints.length === skeleton.joints.length) return skeleton;
      return joints.length > 0 ? { ...skeleton, joints } : undefined;
    },
    contains: (skeleton, point, reach) => near(skeleton, point) <= reach,
    rank: near,
    handleNoun: 'keypoint',
    handles: ({ joints }) => joints.map(handleOf),
    grips,
    handleAt: (skeleton, point, reach, scale) => gripAt(grips(skeleton, scale), boundsOf(skeleton.joints), point, reach, scale)?.handle,
    moveHandle: (skeleton, { name }, to, picture) => withJoint(skeleton, { label: name, ...snap(to, picture) }),
    without(skeleton, name) {
      const joints = skeleton.joints.filter(({ label }) => label !== name);
      return joints.length > 0 ? { ...skeleton, joints } : undefined;
    },
    move(skeleton, dx, dy, { width, height }) {
      const bounds = boundsOf(skeleton.joints);
      const byX = Math.round(clamp(dx, -bounds.left, width - bounds.left - bounds.width));
      const byY = Math.round(clamp(dy, -bounds.top, height - bounds.top - bounds.height));
      return { ...skeleton, joints: skeleton.joints.map(({ label, x, y }) => ({ label, x: x + byX, y: y + byY })) };
    },
    moveSide(skeleton, side, by, picture) {
      const joints = stretched(skeleton.joints, side, by, picture);
      return joints && { ...skeleton, joints };
    },
  };
}

/** The skeleton with this keypoint, in place of an earlier one of its class. */
export function withJoint(skeleton: Skeleton, joint: Joint): Skeleton {
  const at = skeleton.joints.findIndex(({ label }) => label === joint.label);
  return { ...skeleton, joints: at === -1 ? [...skeleton.joints, joint] : skeleton.joints.with(at, joint) };
}

/** Stretched so that one side of the rectangle around them moves, and the opposite one stays; undefined where they have no extent that way. */
function stretched(joints: readonly Joint[], side: Side, by: number, picture: Size): Joint[] | undefined {
  const before = boundsOf(joints);
  if ((side === 'left' || side === 'right' ? before.width : before.height) === 0) return undefined;
  const after = withSide(before, side, by, picture, 1);
  const [across, down] = [after.width / (before.width || 1), after.height / (before.height || 1)];
  return joints.map(({ label, x, y }) => ({ label, ...snap({ x: after.left + (x - before.left) * across, y: after.top + (y - before.top) * down }, picture) }));
}
