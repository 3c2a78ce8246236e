/**
 * The elements that every page gets at once: templates' scripts use the form while the page is still arriving, and regions
 * stand in it. All others come when a page uses them (`loading/chunks.ts`). The build reads the tags off both tables
 * (`build.mjs`), so that the server knows which elements exist. Containers come before their content.
 */
import { CrowdForm } from './crowd-form/crowd-form.ts';
import { ClassificationTarget, DetailedInstructions, NegativeExample, PositiveExample, ShortSummary } from './instructions/content-regions.ts';
import { FullInstructions } from './instructions/full-instructions.ts';
import { ShortInstructions } from './instructions/short-instructions.ts';
import { WorkerComment } from './instructions/worker-comment.ts';

export const ELEMENTS: Record<string, CustomElementConstructor> = {
  'crowd-form': CrowdForm,
  'full-instructions': FullInstructions,
  'short-instructions': ShortInstructions,
  'classification-target': ClassificationTarget,
  'worker-comment': WorkerComment,
  'short-summary': ShortSummary,
  'detailed-instructions': DetailedInstructions,
  'positive-example': PositiveExample,
  'negative-example': NegativeExample,
};
