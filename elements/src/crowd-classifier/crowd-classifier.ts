/** One category for any content (`a2i-facts/crowd-elements/text.md`, "crowd-classifier"). */
import { ONE } from '../choice/answering.ts';
import { ContentClassifier } from '../choice/content-classifier.ts';

/** Answers `{label[, workerComment]}`. */
export class CrowdClassifier extends ContentClassifier {
  constructor() {
    super(ONE);
  }
}
