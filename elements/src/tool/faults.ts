/** What is wrong with what a template gives a tool, for whoever wrote it: known once labels and items are both there. Knows no DOM. */
import type { Work } from './work.ts';

/** Names of a report; whoever reads them has seen enough by then. */
const MOST_NAMES = 5;

/** In sentences that name the element by its tag. */
export function faultsOf(tag: string, { labels, unlisted = [] }: Pick<Work, 'labels' | 'unlisted'>): string[] {
  if (labels.names.length === 0) return [`The element ${tag} has no labels, so that nothing can be labelled with it: its attribute labels has to list them.`];
  if (unlisted.length === 0) return [];
  const more = unlisted.length > MOST_NAMES ? `, and ${unlisted.length - MOST_NAMES} more` : '';
  const names = `${unlisted.slice(0, MOST_NAMES).map((name) => JSON.stringify(name)).join(', ')}${more}`;
  return [`The initial-value of ${tag} has labels that are not in its labels: ${names}. What has them is neither shown nor part of the answer.`];
}
