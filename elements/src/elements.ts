/**
 * Every element of the bundle by its tag; containers come before their content, so that an element upgraded by us finds its
 * parent upgraded. The build reads the tags off this table (`build.mjs`), so that the server knows which elements exist.
 */
import { CrowdBoundingBox } from './crowd-bounding-box/crowd-bounding-box.ts';
import { CrowdForm } from './crowd-form/crowd-form.ts';
import { FullInstructions } from './instructions/full-instructions.ts';
import { ShortInstructions } from './instructions/short-instructions.ts';

export const ELEMENTS: Record<string, CustomElementConstructor> = {
  'crowd-form': CrowdForm,
  'crowd-bounding-box': CrowdBoundingBox,
  'full-instructions': FullInstructions,
  'short-instructions': ShortInstructions,
};
