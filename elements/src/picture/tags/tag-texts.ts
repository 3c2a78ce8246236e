/** What the tags of a label may say; no two labels of a task are cut to the same text. Knows no DOM. */
import { beginning } from '../../labels/labels.ts';
import { abbreviations, beginnings } from '../../labels/beginnings.ts';

/** Longer texts are cut on a tag: there is no room for them among shapes. */
const LONGEST = 80;
/** So much of a label is known again in little room. */
const KNOWN = 12;

export class TagTexts {
  private list: readonly { readonly name: string }[] = [];
  private shortest: ReadonlyMap<string, string> = new Map();
  private abbreviated: ReadonlyMap<string, string> = new Map();
  private readonly texts = new Map<string, readonly string[]>();

  /** `labels` is the list of the labels, the same one until it changes. */
  constructor(private readonly labels: () => readonly { readonly name: string }[]) {}

  /** The text that says most first. */
  of(label: string): readonly string[] {
    const list = this.labels();
    if (list !== this.list) {
      this.list = list;
      this.shortest = beginnings(list.map(({ name }) => name));
      this.abbreviated = abbreviations(this.shortest);
      this.texts.clear();
    }
    let texts = this.texts.get(label);
    if (texts === undefined) this.texts.set(label, (texts = this.compose(label)));
    return texts;
  }

  /** What is no label of the task, such as the name of a skeleton, may begin as any other: it is not cut. */
  private compose(label: string): string[] {
    const shortest = this.shortest.get(label) ?? label;
    const known = Math.max(KNOWN, [...shortest].length);
    return [...new Set([beginning(label, Math.max(LONGEST, known)), beginning(label, known), shortest, this.abbreviated.get(label) ?? shortest])];
  }
}
