/** The work of `crowd-2d-skeleton`: its kind of shape, and what the list of keypoints beside the picture means to it. */
import type { Point } from '../base/geometry.ts';
import { readNumber, readText, AttributeError } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import type { ShapeKind } from '../picture/shape-kind.ts';
import type { Figure } from '../picture/shapes/figure.ts';
import { placeAbout } from '../picture/shapes/figures.ts';
import { Shapes } from '../picture/shapes.ts';
import { toScreen, type Viewport } from '../picture/view/viewport.ts';
import type { Joint, Rig } from './rig.ts';
import { SkeletonDrawing } from './skeleton-drawing.ts';
import { freeName, skeletonGeometry, type Skeleton } from './skeleton.ts';

const RADIUS = 4;

function readJoint(value: Json): Joint {
  if (!isJsonObject(value)) throw new AttributeError(`an annotation must be an object such as {"label": "nose", "x": 1, "y": 2}`);
  return { label: readText(value, 'label'), x: readNumber(value, 'x'), y: readNumber(value, 'y') };
}

/** A skeleton of `initialvalues`; a keypoint alone, as some manifests have them, is one too. */
function readSkeleton(item: JsonObject, id: number): Skeleton {
  const { name, annotations, ...rest } = item;
  const isWhole = Array.isArray(annotations);
  const list = isWhole ? annotations : [item];
  if (list.length === 0) throw new AttributeError('a skeleton must have annotations');
  const label = typeof name === 'string' ? name : `Skeleton ${id}`;
  return { id, label, joints: list.map(readJoint), ...(isWhole ? { rest } : {}) };
}

export function writeSkeleton({ label, joints, rest }: Skeleton): JsonObject {
  const annotations = joints.map((joint) => ({ label: joint.label, x: Math.round(joint.x), y: Math.round(joint.y) }));
  return { name: label, annotations, ...rest };
}

function figure(rig: Rig): Figure<Skeleton> {
  const disc = (path: CanvasPath, joint: Point, view: Viewport): void => {
    const { x, y } = toScreen(view, joint);
    path.moveTo(x + RADIUS, y);
    path.arc(x, y, RADIUS, 0, 2 * Math.PI);
  };
  return {
    inside: 'nothing',
    margin: RADIUS + 2,
    weight: ({ joints }) => 8 * joints.length,
    outline(path, { joints }, view) {
      for (const { from, to } of rig.bonesOf(joints)) {
        const [start, end] = [toScreen(view, from), toScreen(view, to)];
        path.moveTo(start.x, start.y);
        path.lineTo(end.x, end.y);
      }
      for (const joint of joints) disc(path, joint, view);
    },
    details(context, { joints, rest }, view, colorOf) {
      const options = rest?.annotation_options;
      const own = isJsonObject(options) && typeof options.line_color === 'string' ? options.line_color : undefined;
      context.lineWidth = 2;
      for (const { from, to, color } of rig.bonesOf(joints, own)) {
        const [start, end] = [toScreen(view, from), toScreen(view, to)];
        context.strokeStyle = color;
        context.beginPath();
        context.moveTo(start.x, start.y);
        context.lineTo(end.x, end.y);
        context.stroke();
      }
      for (const joint of joints) {
        context.fillStyle = colorOf(joint.label);
        context.beginPath();
        disc(context, joint, view);
        context.fill();
      }
    },
    tagPlace: ({ joints }, view) => placeAbout(joints, view, RADIUS, false),
  };
}

export const skeletonKind = (rig: Rig): ShapeKind<Skeleton> => ({
  noun: { singular: 'skeleton', plural: 'skeletons' },
  icon: 'drawPolyline',
  labelling: 'Choose a keypoint: of the selected skeleton, or the one that the next click puts',
  answerKey: 'skeletons',
  geometry: skeletonGeometry(rig),
  drawing: new SkeletonDrawing(rig),
  figure: figure(rig),
  read: readSkeleton,
  write: writeSkeleton,
  describe: ({ label, joints }) => `${label}, ${joints.length} keypoints`,
  where: ({ joints }) => `${joints.length} keypoints`,
  another: (skeleton, all) => ({ ...skeleton, label: freeName(all) }),
  stateFor: (kind, fit) => new Skeletons(kind, fit),
});

/** Its labels are those of keypoints, of which every skeleton has one at most. */
class Skeletons extends Shapes<Skeleton> {
  override isListed({ joints }: Skeleton): boolean {
    return joints.some(({ label }) => this.labels.has(label));
  }

  override countOf(label: string): number {
    return this.items.filter(({ joints }) => joints.some((joint) => joint.label === label)).length;
  }

  /** Chooses the keypoint of this class of the selected skeleton; where it has none, the next click puts it. */
  override chooseLabel(label: string): void {
    this.mode = 'draw';
    this.chosenHandle = this.selected?.joints.find((joint) => joint.label === label)?.label;
    this.labels.choose(label);
  }

  override save(): Json {
    return { ...(super.save() as JsonObject), shapes: this.history.present.map(writeSkeleton) };
  }

  protected override isLabelShown({ joints }: Skeleton): boolean {
    return joints.some(({ label }) => !this.labels.isHidden(label));
  }
}
