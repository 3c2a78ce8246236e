/** What an `overlay` says: of which earlier task it shows the annotations, their labels, and the annotations themselves. Knows no DOM. */
import { AttributeError, readObject } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';

/** Where each kind of annotation has its list, and whether that is of shapes or of regions of a mask. */
const LISTS = {
  boundingBox: 'boundingBoxes',
  instanceSegmentation: 'instances',
  keypoint: 'keypoints',
  line: 'lines',
  polygon: 'polygons',
  polyline: 'polylines',
  semanticSegmentation: 'labelMappings',
} as const;

export type OverlayKind = keyof typeof LISTS;

export type Overlay = {
  readonly kind: OverlayKind;
  /** Those that the attribute lists, and after them those that only annotations have: what is to be judged has to be seen. */
  readonly labels: readonly string[];
  /** The same as text of an `initial-value`. */
  readonly initial: string;
};

const isKind = (name: string): name is OverlayKind => Object.hasOwn(LISTS, name);

/** Undefined where nothing was given. */
export function readOverlay(text: string): Overlay | undefined {
  const [name, ...others] = Object.keys(readObject('overlay', text) ?? {});
  if (name === undefined) return undefined;
  const known = `one of ${Object.keys(LISTS).join(', ')}`;
  if (!isKind(name)) throw new AttributeError(`The attribute overlay must name ${known}, but it names ${JSON.stringify(name)}`);
  if (others.length > 0) throw new AttributeError(`The attribute overlay must name ${known}, but it names ${others.length + 1} things`);
  const annotations = (readObject('overlay', text) as JsonObject)[name] as Json;
  if (!isJsonObject(annotations)) throw new AttributeError(`"${name}" of the attribute overlay must be an object`);
  return { kind: name, labels: labelsOf(annotations, name), initial: JSON.stringify(initialOf(annotations, name)) };
}

/** The documented key is `value`; that of the answer is as clear. */
function initialOf(annotations: JsonObject, kind: OverlayKind): Json {
  if ('src' in annotations) return annotations;
  return annotations.value ?? annotations[LISTS[kind]] ?? [];
}

function labelsOf(annotations: JsonObject, kind: OverlayKind): string[] {
  const listed = Array.isArray(annotations.labels) ? annotations.labels : [];
  const items = annotations.value ?? annotations[LISTS[kind]] ?? [];
  const used = Array.isArray(items) ? items.map((item) => (isJsonObject(item) ? item.label : undefined)) : isJsonObject(items) ? Object.keys(items) : [];
  return [...new Set([...listed, ...used].filter((label) => typeof label === 'string'))];
}
