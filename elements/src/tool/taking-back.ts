/** What undo, redo and delete mean to a stage: in the middle of a gesture they let go of that, and of nothing else. */
import type { Stage } from './stage.ts';

type Acted = Pick<Stage, 'letGo' | 'work'>;

export const undo = ({ letGo, work }: Acted): void => {
  if (!letGo?.()) work.undo();
};

export const redo = ({ letGo, work }: Acted): void => {
  if (!letGo?.()) work.redo();
};

export const removeSelected = ({ letGo, work }: Acted): void => {
  if (!letGo?.()) work.removeSelected();
};
