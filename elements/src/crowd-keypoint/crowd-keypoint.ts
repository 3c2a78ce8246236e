/** Labelled points on a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-keypoint"). */
import { PictureTool } from '../picture/picture-tool.ts';
import type { Keypoint } from '../picture/shapes/point.ts';
import { KEYPOINTS } from './keypoints.ts';

/** Answers `{inputImageProperties, keypoints: [{label, x, y}][, initialValueModified]}`. */
export class CrowdKeypoint extends PictureTool<Keypoint> {
  constructor() {
    super(KEYPOINTS);
  }
}
