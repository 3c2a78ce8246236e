/** Any number of categories, one at least, for a picture (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-image-classifier-multi-select"). */
import { ANY } from '../choice/answering.ts';
import { PictureClassifier } from '../choice/picture-classifier.ts';

/** Answers `{labels[, workerComment]}`. */
export class CrowdImageClassifierMultiSelect extends PictureClassifier {
  constructor() {
    super(ANY);
  }
}
