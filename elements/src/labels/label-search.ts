/** Finds labels by what is typed of them, the likeliest first. Knows no DOM. */
import type { Label } from './label.ts';
import { plain } from './labels.ts';

/** How well a label fits: it begins with what was typed, one of its words does, it holds it somewhere; or not at all. */
const BEGINS = 0;
const WORD_BEGINS = 1;
const HOLDS = 2;

const isWordStart = (text: string, at: number): boolean => !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');

/** Undefined where it does not fit. Both are plain. */
export function fitOf(text: string, query: string): number | undefined {
  let at = text.indexOf(query);
  if (at === -1) return undefined;
  if (at === 0) return BEGINS;
  for (; at !== -1; at = text.indexOf(query, at + 1)) if (isWordStart(text, at)) return WORD_BEGINS;
  return HOLDS;
}

export type Found = { readonly shown: readonly Label[]; readonly left: number };

/** The labels of a list, made plain once: ten thousand are searched at every letter. */
export class LabelSearch {
  private readonly labels: readonly Label[];
  private readonly plain: readonly string[];
  private readonly positions: ReadonlyMap<string, number>;

  constructor(readonly list: readonly Label[]) {
    const once = new Map(list.map((label) => [label.name, label] as const).reverse());
    this.labels = list.filter((label) => once.get(label.name) === label);
    this.plain = this.labels.map(({ full }) => plain(full));
    this.positions = new Map(this.labels.map(({ name }, position) => [name, position]));
  }

  /** The first so many that fit, and how many more do; among those that fit equally well, those of `before` first, in their order. */
  find(query: string, before: readonly string[], most: number): Found {
    const wanted = plain(query.trim());
    const groups: [number[], number[], number[]] = [[], [], []];
    for (const position of this.inOrder(before)) {
      const fit = fitOf(this.plain[position] as string, wanted);
      if (fit !== undefined) (groups[fit] as number[]).push(position);
    }
    const all = groups.flat();
    return { shown: all.slice(0, most).map((position) => this.labels[position] as Label), left: Math.max(all.length - most, 0) };
  }

  private *inOrder(before: readonly string[]): Iterable<number> {
    const first = new Set(before.map((name) => this.positions.get(name)).filter((position) => position !== undefined));
    yield* first;
    for (const position of this.labels.keys()) if (!first.has(position)) yield position;
  }
}
