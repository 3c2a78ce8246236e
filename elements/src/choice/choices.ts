/** The state of a classifier: the categories, and which of them are chosen. Knows no DOM. */
import type { Json } from '../frame/protocol.ts';

/** How many of the categories an answer may have. */
export type Limit = 'one' | 'any';

/** Something that can be chosen: a category, or that none of them fits. */
export type Option = { readonly text: string; readonly isExclusion: boolean };

/** `choice`: the worker chose. `given`: the template or a script changed what is offered or chosen. */
export type Change = 'choice' | 'given';

const textsIn = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

export class Choices {
  private list: readonly string[] = [];
  private exclusionText = '';
  private preset: readonly string[] = [];
  /** What was chosen, also what is not offered at the moment: categories may come after a draft, or change. */
  private picked: ReadonlySet<string> = new Set();
  private isExcluded = false;

  constructor(
    readonly limit: Limit,
    private readonly changed: (what: Change) => void,
  ) {}

  get categories(): readonly string[] {
    return this.list;
  }

  /** A category that is given twice is one. */
  set categories(categories: readonly string[]) {
    this.list = [...new Set(categories)];
    this.changed('given');
  }

  /** The words for "none of them"; empty where that cannot be chosen. */
  get exclusion(): string {
    return this.exclusionText;
  }

  set exclusion(text: string) {
    this.exclusionText = text;
    this.changed('given');
  }

  /** What is chosen before anybody has; as long as nobody has, it is chosen now. */
  set initial(initial: readonly string[]) {
    const isUntouched = !this.isExcluded && this.picked.size === this.preset.length && this.preset.every((text) => this.picked.has(text));
    this.preset = initial;
    if (isUntouched) this.reset();
  }

  get options(): readonly Option[] {
    const categories = this.list.map((text) => ({ text, isExclusion: false }));
    return this.exclusionText === '' ? categories : [...categories, { text: this.exclusionText, isExclusion: true }];
  }

  /** The categories that are chosen, in their own order. */
  get chosen(): readonly string[] {
    return this.excludes ? [] : this.list.filter((category) => this.picked.has(category));
  }

  /** Was it chosen that none of the categories fits? */
  get excludes(): boolean {
    return this.isExcluded && this.exclusionText !== '';
  }

  get isAnswered(): boolean {
    return this.excludes || this.chosen.length > 0;
  }

  isChosen({ text, isExclusion }: Option): boolean {
    return isExclusion ? this.excludes : !this.excludes && this.picked.has(text);
  }

  /** Chooses it; where any number may be chosen, takes the choice back if it was made. */
  choose(option: Option): void {
    if (this.limit === 'one' && this.isChosen(option)) return;
    if (option.isExclusion) this.set([], !this.excludes, 'choice');
    else this.set(this.limit === 'one' ? [option.text] : this.toggled(option.text), false, 'choice');
  }

  /** Chooses just these, as a script does. */
  pick(picked: Iterable<string>, isExcluded = false): void {
    this.set(picked, isExcluded, 'given');
  }

  reset(): void {
    this.pick(this.preset);
  }

  save(): { [key: string]: Json } {
    return { chosen: [...this.picked], excludes: this.isExcluded };
  }

  /** Takes an earlier visit's choice; what it does not recognise changes nothing. */
  restore(saved: { [key: string]: Json }): void {
    if (!Array.isArray(saved.chosen)) return;
    this.pick(textsIn(saved.chosen), saved.excludes === true);
  }

  private set(picked: Iterable<string>, isExcluded: boolean, what: Change): void {
    this.picked = new Set(picked);
    this.isExcluded = isExcluded;
    this.changed(what);
  }

  private toggled(text: string): readonly string[] {
    const chosen = this.chosen.filter((category) => category !== text);
    return chosen.length < this.chosen.length ? chosen : [...chosen, text];
  }
}
