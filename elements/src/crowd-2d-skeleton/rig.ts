/** What the skeletons of a task are made of, as its attributes say it. Knows no DOM. */
import type { Point, Rect, Size } from '../base/geometry.ts';
import { AttributeError, parseAttribute, readNumber, readText } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { boundsOf } from '../picture/shapes/path.ts';

/** A keypoint that a skeleton may have, and where it lies in a skeleton of the rig's own size. */
type JointClass = Point & { readonly label: string; readonly color: string };

/** Joins two keypoints, by their labels; its own colour where it has one. */
type Bone = { readonly from: string; readonly to: string; readonly color: string | undefined };

export type Joint = Point & { readonly label: string };

/** Of bones without a colour of their own. */
const BONE_COLOR = '#0000ff';

const numberOr = (item: JsonObject, key: string, otherwise: number): number => (key in item ? readNumber(item, key) : otherwise);

function listOf<T>(attribute: string, text: string, read: (item: Json) => T): T[] {
  const value = parseAttribute(attribute, text) ?? [];
  if (!Array.isArray(value)) throw new AttributeError(`The attribute ${attribute} must be a list`);
  return value.map(read);
}

export class Rig {
  private classes: readonly JointClass[] = [];
  private bones: readonly Bone[] = [];
  private size: Size | undefined;

  get labels(): string[] {
    return this.classes.map(({ label }) => label);
  }

  get colors(): string[] {
    return this.classes.map(({ color }) => color);
  }

  readClasses(text: string): void {
    this.classes = listOf('keypointclasses', text, (item) => {
      if (!isJsonObject(item)) throw new AttributeError('The attribute keypointclasses must hold objects such as {"label": "nose", "color": "#1f77b4"}');
      return { label: readText(item, 'label'), color: readText(item, 'color'), x: numberOr(item, 'x', 0), y: numberOr(item, 'y', 0) };
    });
  }

  readBones(text: string): void {
    this.bones = listOf('skeletonrig', text, (pair) => {
      const [from, to, color] = Array.isArray(pair) ? pair : [];
      if (typeof from !== 'string' || typeof to !== 'string') throw new AttributeError('The attribute skeletonrig must hold pairs of labels');
      return { from, to, color: typeof color === 'string' ? color : undefined };
    });
  }

  readBox(text: string): void {
    const box = parseAttribute('skeletonboundingbox', text);
    this.size = isJsonObject(box) ? { width: readNumber(box, 'right') - readNumber(box, 'left'), height: readNumber(box, 'bottom') - readNumber(box, 'top') } : undefined;
  }

  /** The bones between keypoints that are there. */
  bonesOf(joints: readonly Joint[], color = BONE_COLOR): { readonly from: Joint; readonly to: Joint; readonly color: string }[] {
    const at = new Map(joints.map((joint) => [joint.label, joint]));
    return this.bones.flatMap((bone) => {
      const [from, to] = [at.get(bone.from), at.get(bone.to)];
      return from && to ? { from, to, color: bone.color ?? color } : [];
    });
  }

  /** Every keypoint of a skeleton that fills this rectangle; none where the rig has no extent. */
  fill({ left, top, width, height }: Rect): Joint[] {
    const own = this.size ?? boundsOf(this.classes);
    if (!(own.width > 0 && own.height > 0)) return [];
    return this.classes.map(({ label, x, y }) => ({
      label,
      x: Math.round(left + (x / own.width) * width),
      y: Math.round(top + (y / own.height) * height),
    }));
  }

  /** A rectangle of the rig's shape in the middle of another, half as high. */
  middleOf({ left, top, width, height }: Rect): Rect {
    const own = this.size ?? boundsOf(this.classes);
    const scale = Math.min(width / 2 / own.width, height / 2 / own.height);
    const [across, down] = [own.width * scale, own.height * scale];
    return { left: left + (width - across) / 2, top: top + (height - down) / 2, width: across, height: down };
  }

  /** The first of the keypoints that are missing. */
  missing(joints: readonly Joint[]): string | undefined {
    const there = new Set(joints.map(({ label }) => label));
    return this.labels.find((label) => !there.has(label));
  }
}
