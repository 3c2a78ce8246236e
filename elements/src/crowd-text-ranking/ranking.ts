/** The ranks that responses have along one dimension (`a2i-facts/crowd-elements/text.md`, "crowd-text-ranking"). Knows no DOM. */

export type Dimension = { readonly name: string; readonly allowTie: boolean };

/** The rank of each response, in their order: 1 is the best, undefined is none yet. */
export type Ranks = readonly (number | undefined)[];

export const unranked = (count: number): Ranks => Array.from({ length: count }, () => undefined);

export const isComplete = (ranks: Ranks): ranks is readonly number[] => ranks.every((rank) => rank !== undefined);

/** The responses at each rank, and under undefined those that have none. */
export function byRank(ranks: Ranks): ReadonlyMap<number | undefined, readonly number[]> {
  const groups = new Map<number | undefined, number[]>();
  for (const [response, rank] of ranks.entries()) {
    const group = groups.get(rank);
    if (group) group.push(response);
    else groups.set(rank, [response]);
  }
  return groups;
}

const at = (ranks: Ranks, rank: number): number => ranks.indexOf(rank);

/** The free rank that gives way for `rank`: the one that was just left, else the next below, else the next above. */
function gapFor(ranks: Ranks, rank: number, left: number | undefined): number {
  if (left !== undefined) return left;
  const isFree = (candidate: number): boolean => at(ranks, candidate) === -1;
  const all = ranks.map((_, index) => index + 1);
  return all.find((candidate) => candidate > rank && isFree(candidate)) ?? (all.findLast(isFree) as number);
}

/**
 * The ranks with this response at `rank`, or without one. Where ties are allowed, others stay as they are; else those
 * between make room, as in a list whose item is moved.
 */
export function ranked(ranks: Ranks, response: number, rank: number | undefined, allowTie: boolean): Ranks {
  const left = ranks[response];
  const rest = ranks.with(response, undefined);
  if (rank === undefined || allowTie || at(rest, rank) === -1) return rest.with(response, rank);
  const gap = gapFor(rest, rank, left);
  const step = gap > rank ? 1 : -1;
  const isBetween = (other: number): boolean => (gap > rank ? other >= rank && other < gap : other <= rank && other > gap);
  return rest.map((other) => (other !== undefined && isBetween(other) ? other + step : other)).with(response, rank);
}

/** The rank that a step up (-1) or down (1) leads to; above the first there is none. */
export function stepped(rank: number | undefined, step: 1 | -1, count: number): number | undefined {
  const next = (rank ?? 0) + step;
  return next < 1 ? undefined : Math.min(next, count);
}

/** Ranks as an answer has them: without gaps, so that two first ones are followed by a second. */
export function dense(ranks: readonly number[]): number[] {
  const used = [...new Set(ranks)].sort((a, b) => a - b);
  return ranks.map((rank) => used.indexOf(rank) + 1);
}
