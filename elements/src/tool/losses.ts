/** What a task page could not take over of the items that its template gives, counted and in words. Knows no DOM. */

export type Losses = {
  /** Cut at the edge of what they lie in. */
  readonly cut: number;
  /** Left out: nothing of it lies there, or there is nothing of it. */
  readonly outside: number;
  /** Left out: a member is missing or is no number. */
  readonly unreadable: number;
  /** Not drawn, as in A2I: the label is not in the list. */
  readonly unlisted: number;
};

/** Does the answer differ from what was given before anybody touched it? An unlisted label is no change: A2I draws none. */
export const changeAnswer = ({ cut, outside, unreadable }: Losses): boolean => cut + outside + unreadable > 0;

/** What became of items that do not lie where they should, after their number. */
export type LossWords = { readonly cut: string; readonly outside: string };

/** The losses in a line; empty when there are none. `plural` names the items. */
export function describeLosses({ cut, outside, unreadable, unlisted }: Losses, plural: string, words: LossWords): string {
  const reasons: [number, string][] = [
    [outside, words.outside],
    [unreadable, 'that cannot be read'],
    [unlisted, 'with a label that is not listed'],
  ];
  const leftOut = reasons.filter(([count]) => count > 0).map(([count, reason]) => `${count} ${reason}`);
  const parts = [cut > 0 ? `${cut} ${words.cut}` : '', leftOut.length > 0 ? `left out: ${leftOut.join(', ')}` : ''];
  const text = parts.filter(Boolean).join('; ');
  return text && `Given ${plural}: ${text}.`;
}
