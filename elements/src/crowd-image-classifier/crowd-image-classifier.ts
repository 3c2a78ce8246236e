/** One category for a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-image-classifier"). */
import { ONE } from '../choice/answering.ts';
import { PictureClassifier } from '../choice/picture-classifier.ts';

/** Answers `{label[, workerComment]}`. */
export class CrowdImageClassifier extends PictureClassifier {
  constructor() {
    super(ONE);
  }
}
