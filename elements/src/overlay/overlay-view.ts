/** A picture to look at, with the annotations of an earlier task over it: the stage of that task's tool, in which every drag moves the picture. */
import type { ReactiveControllerHost } from 'lit';
import { AttributeError } from '../base/json-attributes.ts';
import { BOXES } from '../crowd-bounding-box/boxes.ts';
import { KEYPOINTS } from '../crowd-keypoint/keypoints.ts';
import { LINES } from '../crowd-line/lines.ts';
import { POLYGONS } from '../crowd-polygon/polygons.ts';
import { POLYLINES } from '../crowd-polyline/polylines.ts';
import { link } from '../frame/link.ts';
import { PictureStage } from '../picture/picture-stage.ts';
import type { StageWithPicture } from '../picture/stage-with-picture.ts';
import type { Overlay, OverlayKind } from './read-overlay.ts';

type Stages = Partial<Record<OverlayKind, (host: ReactiveControllerHost) => StageWithPicture>>;

const pictureAlone = (host: ReactiveControllerHost): StageWithPicture => new PictureStage(BOXES, host);

/** Those of masks come when an overlay has one. */
const stages: Stages = {
  boundingBox: pictureAlone,
  keypoint: (host) => new PictureStage(KEYPOINTS, host),
  line: (host) => new PictureStage(LINES, host),
  polygon: (host) => new PictureStage(POLYGONS, host),
  polyline: (host) => new PictureStage(POLYLINES, host),
};

/** Is there what shows it? */
export const canShow = ({ kind }: Overlay): boolean => stages[kind] !== undefined;

/** Fetches what {@link canShow} lacks. */
export async function fetchStages(): Promise<void> {
  const { MASK_STAGES } = await import('./mask-stages.ts');
  Object.assign(stages, MASK_STAGES);
}

/** Has each label one colour, so that a list of them explains the picture? */
export const hasColors = ({ kind }: Overlay): boolean => kind !== 'instanceSegmentation';

/** The stage that shows it, where {@link canShow} says that there is one; without an overlay, the picture alone. */
export function viewOf(overlay: Overlay | undefined, host: ReactiveControllerHost): StageWithPicture {
  const make = overlay ? stages[overlay.kind] : undefined;
  const stage = (make ?? pictureAlone)(host);
  if (overlay) fill(stage, overlay);
  stage.work.listen((change) => {
    if (change !== 'live') host.requestUpdate();
  });
  return stage;
}

function fill({ work }: StageWithPicture, { labels, initial }: Overlay): void {
  work.labels.names = labels;
  const { errors, length } = readInitial(initial, (text) => work.readInitial(text));
  if (errors.length === 0) return;
  const message = `${errors.length} of ${length} items of the attribute overlay cannot be read and were left out. ${errors[0]}`;
  void link.send({ type: 'error', message });
}

/** What is wrong is so in the attribute that the template has. */
function readInitial<T>(text: string, read: (text: string) => T): T {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof AttributeError)) throw error;
    throw new AttributeError(error.message.replace('initial-value', 'overlay'));
  }
}
