/** A labelled span of a text (`a2i-facts/crowd-elements/text.md`, "crowd-entity-annotation"). Knows no DOM. */
import { readNumber, readScore, readText } from '../base/json-attributes.ts';
import type { JsonObject } from '../base/json-object.ts';
import type { Fit, Item, ItemKind } from '../tool/item-list.ts';

/** Offsets in code points; the end is exclusive. */
export type Span = Item & { readonly startOffset: number; readonly endOffset: number };

const isSame = (a: Span, b: Span): boolean => a.label === b.label && a.startOffset === b.startOffset && a.endOffset === b.endOffset;

export const SPANS: ItemKind<Span> = {
  answerKey: 'entities',
  read: (item, id) => ({
    id,
    label: readText(item, 'label'),
    startOffset: Math.round(readNumber(item, 'startOffset')),
    endOffset: Math.round(readNumber(item, 'endOffset')),
    ...readScore(item),
  }),
  same: isSame,
};

/** The item of the answer, keys in alphabetical order. */
export const writeSpan = ({ endOffset, label, startOffset }: Span): JsonObject => ({ endOffset, label, startOffset });

export const overlap = (a: Span, b: Span): boolean => a.startOffset < b.endOffset && b.startOffset < a.endOffset;

/** Spans lie in a text of so many code points: what reaches over its end is cut, what has nothing in it is left out. */
export class SpanFit implements Fit<Span> {
  private length = 0;
  private cut = new WeakMap<Span, Span>();

  set textLength(length: number) {
    this.length = length;
    this.cut = new WeakMap();
  }

  of(span: Span): Span | undefined {
    const startOffset = Math.max(span.startOffset, 0);
    const endOffset = Math.min(span.endOffset, this.length);
    if (startOffset >= endOffset) return undefined;
    if (startOffset === span.startOffset && endOffset === span.endOffset) return span;
    let cut = this.cut.get(span);
    if (cut === undefined) this.cut.set(span, (cut = { ...span, startOffset, endOffset }));
    return cut;
  }

  isCut(span: Span): boolean {
    const within = this.of(span);
    return within !== undefined && within !== span;
  }
}
