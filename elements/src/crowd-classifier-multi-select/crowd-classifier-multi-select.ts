/** Any number of categories, one at least, for any content (`a2i-facts/crowd-elements/text.md`, "crowd-classifier-multi-select"). */
import { ANY } from '../choice/answering.ts';
import { ContentClassifier } from '../choice/content-classifier.ts';

/** Answers `{labels[, workerComment]}`. */
export class CrowdClassifierMultiSelect extends ContentClassifier {
  constructor() {
    super(ANY);
  }
}
