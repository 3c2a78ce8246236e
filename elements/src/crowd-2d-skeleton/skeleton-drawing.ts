/** A drag draws a whole skeleton, a click puts the keypoint that is chosen into one. Knows no DOM. */
import { between, distance, snap, type Point, type Rect, type Size } from '../base/geometry.ts';
import type { Drawing } from '../picture/drawing/drawing.ts';
import type { Gesture, Press } from '../picture/pointing/gestures.ts';
import type { Shapes } from '../picture/shapes.ts';
import type { Joint, Rig } from './rig.ts';
import { freeName, withJoint, type Skeleton } from './skeleton.ts';

export class SkeletonDrawing implements Drawing<Skeleton> {
  readonly press = 'click';
  readonly byClick = true;
  readonly effect = 'Draw: a drag makes a skeleton, a click puts the chosen keypoint into the selected one';
  readonly insertion = 'Add a skeleton in the middle';

  constructor(private readonly rig: Rig) {}

  begin(press: Press, shapes: Shapes<Skeleton>, picture: Size): Gesture {
    const start = snap(press.point, picture);
    const id = shapes.newId();
    const label = freeName(shapes.items);
    return {
      move: (to) => {
        const joints = distance(press.point, to) >= press.slop || shapes.preview ? this.rig.fill(between(start, snap(to, picture))) : [];
        if (joints.length > 0) shapes.show({ id, label, joints });
      },
      end: () => {
        const { preview } = shapes;
        shapes.show(undefined);
        if (preview) shapes.add(preview);
        else this.put(start, shapes);
      },
      cancel: () => shapes.show(undefined),
    };
  }

  insert(seen: Rect, shapes: Shapes<Skeleton>, picture: Size): void {
    const joints = this.rig.fill(this.rig.middleOf(seen)).map(({ label, ...point }): Joint => ({ label, ...snap(point, picture) }));
    if (joints.length > 0) shapes.add({ id: shapes.newId(), label: freeName(shapes.items), joints });
  }

  /** Puts a keypoint of the chosen class into the skeleton that lacks it: the selected one, or the last that a pointer can reach, or a new one. */
  private put(point: Point, shapes: Shapes<Skeleton>): void {
    const { active: label } = shapes.labels;
    if (label === '') return;
    const lacks = ({ joints }: Skeleton): boolean => !joints.some((joint) => joint.label === label);
    const host = [shapes.editable, shapes.reachable.at(-1)].find((skeleton) => skeleton && lacks(skeleton));
    const joint = { label, ...point };
    const skeleton = host ? withJoint(host, joint) : { id: shapes.newId(), label: freeName(shapes.items), joints: [joint] };
    if (host) shapes.replace(skeleton);
    else shapes.add(skeleton);
    shapes.select(skeleton.id);
    const next = this.rig.missing(skeleton.joints);
    if (next !== undefined) shapes.labels.choose(next);
  }
}
