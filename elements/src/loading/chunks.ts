/**
 * The elements that a page gets when it uses them, each with its chunk: `src/TAG/TAG.ts` exports the class of its name.
 * The build makes the files and reads the tags off this table.
 */

/**
 * `box`: holds content. `fold`: shows not all of it at once. `mark`: is shown on or beside it. `control`: answers, or is pressed.
 * `tool`: fills what the window leaves. `viewer`: shows something, and is no part of an answer.
 */
type Kind = 'box' | 'fold' | 'mark' | 'control' | 'tool' | 'viewer';

const CHUNKS: Record<string, Kind> = {
  'crowd-card': 'box',
  'crowd-instructions': 'fold',
  'crowd-modal': 'fold',
  'crowd-radio-group': 'box',
  'crowd-tabs': 'fold',
  'crowd-tab': 'box',
  'crowd-toast': 'fold',
  'crowd-alert': 'mark',
  'crowd-badge': 'mark',
  'crowd-slider-label': 'mark',
  'iron-icon': 'mark',
  'crowd-button': 'control',
  'crowd-checkbox': 'control',
  'crowd-fab': 'control',
  'crowd-icon-button': 'control',
  'crowd-input': 'control',
  'crowd-question-answer-generation': 'control',
  'crowd-radio-button': 'control',
  'crowd-slider': 'control',
  'crowd-text-area': 'control',
  'crowd-text-ranking': 'control',
  'crowd-toggle-button': 'control',
  'crowd-2d-skeleton': 'tool',
  'crowd-bounding-box': 'tool',
  'crowd-classifier': 'tool',
  'crowd-classifier-multi-select': 'tool',
  'crowd-entity-annotation': 'tool',
  'crowd-image-classifier': 'tool',
  'crowd-image-classifier-multi-select': 'tool',
  'crowd-instance-segmentation': 'tool',
  'crowd-keypoint': 'tool',
  'crowd-line': 'tool',
  'crowd-polygon': 'tool',
  'crowd-polyline': 'tool',
  'crowd-rekognition-detect-moderation-labels': 'tool',
  'crowd-semantic-segmentation': 'tool',
  'crowd-textract-analyze-document': 'tool',
  'secondlook-pdf': 'viewer',
};

/** Containers come before their content, so that an element finds its parent upgraded. */
export const CHUNK_TAGS: readonly string[] = Object.keys(CHUNKS);

const ofKind = (kind: Kind): readonly string[] => CHUNK_TAGS.filter((tag) => CHUNKS[tag] === kind);

export const HOLDER_TAGS = [...ofKind('box'), ...ofKind('fold')];
export const TOOL_TAGS = ofKind('tool');
export const FOLD_TAGS = ofKind('fold');

/** The elements of the page that are known and not there yet. */
export const pendingIn = (page: ParentNode): HTMLElement[] => [...page.querySelectorAll<HTMLElement>(CHUNK_TAGS.join())].filter(isPending);

/** A page may use any name for an element, `constructor` too. */
export const isPending = ({ localName }: Element): boolean => Object.hasOwn(CHUNKS, localName) && customElements.get(localName) === undefined;
