/**
 * Which labels of a long list are seen first: those of this picture. They stand in the order in which they came, and one that
 * has come stays for the visit, so that nothing jumps while somebody works. Knows no DOM.
 */
import { listed, type Listed } from './labels.ts';
import { DIGITS } from './label-keys.ts';

type Named = readonly { readonly name: string; readonly full: string }[];

/** Labels that have been used in this picture or chosen in this visit. */
export class UsedLabels {
  private readonly order = new Set<string>();

  /** Takes in those that are used by now, in the order of the list; what came earlier keeps its place. */
  grow(names: Iterable<string>, isUsed: (name: string) => boolean): void {
    for (const name of names) if (!this.order.has(name) && isUsed(name)) this.order.add(name);
  }

  get all(): readonly string[] {
    return [...this.order];
  }
}

export type Grouped = {
  /** In this picture. */
  readonly first: readonly Listed[];
  /** All others, in the order of the template. */
  readonly others: readonly Listed[];
  /** How many of the others are left out. */
  readonly left: number;
};

/** A list that is seen at a glance is shown as it is. */
export const isWorthGrouping = ({ length }: Named): boolean => length > DIGITS;

/** The labels of a list, each once, and by name: the same list is grouped at every change of the work. */
const known = new WeakMap<Named, { readonly all: readonly Listed[]; readonly byName: ReadonlyMap<string, Listed> }>();

function once(labels: Named): { readonly all: readonly Listed[]; readonly byName: ReadonlyMap<string, Listed> } {
  const before = known.get(labels);
  if (before) return before;
  const { shown: all } = listed(labels, '', '', Infinity);
  const now = { all, byName: new Map(all.map((label) => [label.label, label])) };
  known.set(labels, now);
  return now;
}

export function grouped(labels: Named, used: readonly string[], chosen: string, most: number): Grouped {
  const { all, byName } = once(labels);
  const first = used.map((name) => byName.get(name)).filter((label) => label !== undefined);
  const isFirst = new Set(first);
  const others: Listed[] = [];
  for (const label of all) {
    if (others.length === most) break;
    if (!isFirst.has(label)) others.push(label);
  }
  const active = byName.get(chosen);
  if (active && !isFirst.has(active) && !others.includes(active)) others.push(active);
  return { first, others, left: all.length - first.length - others.length };
}
