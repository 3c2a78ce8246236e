/** The keys of a classifier. */
import { positionOf } from '../labels/labels.ts';
import { PART_KEYS } from '../tool/parts.ts';
import { isPlain, plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Choices, Option } from './choices.ts';

type Actions = {
  readonly choices: Choices;
  readonly choose: (option: Option) => void;
  /** The keys of what is judged. */
  readonly more: readonly Hint[];
  readonly comment: () => void;
  readonly hasComment: () => boolean;
  readonly search: () => void;
  readonly help: () => void;
  /** Is this key to hand in the answer? */
  readonly submits: (event: KeyboardEvent) => boolean;
  readonly submit: () => void;
};

export const isEnter = (event: KeyboardEvent): boolean => event.key === 'Enter' && isPlain(event) && !event.shiftKey;

export const choiceKeys = ({ choices, choose, more, comment, hasComment, search, help, submits, submit }: Actions): readonly (Hint | Shortcut)[] => [
  {
    keys: '1 … 9, 0',
    does: choices.limit === 'one' ? 'Choose a category' : 'Choose a category; pressed again, take it back',
    matches: (event) => isPlain(event) && /^\d$/.test(event.key) && !event.repeat,
    run({ key }) {
      const option = choices.options[positionOf(key)];
      if (option !== undefined) choose(option);
    },
  },
  { keys: '/', does: 'Search the categories; Enter chooses the first one found', matches: plain('/'), run: search },
  ...more,
  { keys: 'W', does: 'Write a comment, where the task asks for one', matches: (event) => plain('w')(event) && hasComment(), run: comment },
  PART_KEYS,
  { keys: '?', does: 'Show these keys', matches: plain('?'), run: help },
  { keys: 'Enter', does: 'Submit, where nothing stands below the tool', matches: submits, run: submit },
  { keys: 'Ctrl + Enter', does: 'Submit' },
];
