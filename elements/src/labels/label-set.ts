/** The labels of a tool: their names and colours, which is chosen for what comes next, and which are hidden. Knows no DOM. */
import { labelOf, type Label } from './label.ts';
import { colorAt } from './palette.ts';

/** The colours of labels by position, of which a template may have named some. */
export type Coloring = (names: readonly string[], own: readonly string[]) => readonly string[];

const byPosition: Coloring = (names, own) => names.map((_, position) => colorAt(position, own));

/** What is hidden beside whole labels: single items. */
export interface Hiding {
  readonly any: boolean;
  showAll(): void;
}

export class LabelSet {
  private labels: readonly Label[] = [];
  /** All that were given, by whose positions colours go; one without a name is none that anybody could choose. */
  private given: readonly Label[] = [];
  private positions = new Map<string, number>();
  private ownColors: readonly string[] = [];
  private givenOut: readonly string[] = [];
  private chosen = '';
  /** Those that were chosen, the last one last. */
  private readonly choices = new Set<string>();
  private readonly hidden = new Set<string>();
  private changes = 0;
  /** Also hidden; who shows everything shows it too. */
  beside: Hiding | undefined;

  /** `changed` is called after each change: of the list, or of colours, of what is chosen and what is hidden. */
  constructor(
    private readonly changed: (what: 'list' | 'look') => void,
    private readonly coloring: Coloring = byPosition,
  ) {}

  get list(): readonly Label[] {
    return this.labels;
  }

  /** Another list; what was chosen stays so where it is listed still. */
  set list(labels: readonly Label[]) {
    this.given = labels;
    this.labels = labels.filter(({ name }) => name !== '');
    this.positions = new Map([...this.labels.entries()].map(([position, { name }]) => [name, position] as const).reverse());
    this.assignColors();
    if (!this.has(this.chosen)) this.chosen = this.labels[0]?.name ?? '';
    this.changed('list');
  }

  get names(): readonly string[] {
    return this.labels.map(({ name }) => name);
  }

  set names(names: readonly string[]) {
    this.list = names.map(labelOf);
  }

  /** The label with this name; one that is not listed is called by its name. */
  get(name: string): Label {
    return this.labels[this.positions.get(name) ?? -1] ?? labelOf(name);
  }

  /** The template's own colours, by position. */
  get colors(): readonly string[] {
    return this.ownColors;
  }

  set colors(colors: readonly string[]) {
    this.ownColors = colors;
    this.recolor();
  }

  /** What the colours depend on has changed. */
  recolor(): void {
    this.assignColors();
    this.changed('look');
  }

  colorOf(label: string): string {
    return this.givenOut[this.positions.get(label) ?? 0] ?? colorAt(0, this.ownColors);
  }

  /** Another number after each change of labels, of colours or of what is hidden. */
  get version(): number {
    return this.changes;
  }

  /** The label of what is drawn next; empty where there are none. */
  get active(): string {
    return this.chosen;
  }

  choose(label: string): void {
    this.chosen = label;
    this.choices.delete(label);
    this.choices.add(label);
    this.changed('look');
  }

  wasChosen(label: string): boolean {
    return this.choices.has(label);
  }

  /** What was chosen in this visit, the last one first. */
  get recent(): readonly string[] {
    return [...this.choices].reverse();
  }

  has(label: string): boolean {
    return this.positions.has(label);
  }

  get anyHidden(): boolean {
    return this.hidden.size > 0 || this.beside?.any === true;
  }

  isHidden(label: string): boolean {
    return this.hidden.has(label);
  }

  show(label: string): void {
    if (this.hidden.delete(label)) this.hiddenChanged();
  }

  toggleHidden(label: string): void {
    if (!this.hidden.delete(label)) this.hidden.add(label);
    this.hiddenChanged();
  }

  /** Shows everything if anything is hidden, else hides everything. */
  toggleAllHidden(): void {
    if (this.anyHidden) {
      this.hidden.clear();
      this.beside?.showAll();
    } else for (const { name } of this.labels) this.hidden.add(name);
    this.hiddenChanged();
  }

  private hiddenChanged(): void {
    this.changes += 1;
    this.changed('look');
  }

  private assignColors(): void {
    const colors = this.coloring(this.given.map(({ name }) => name), this.ownColors);
    this.givenOut = colors.filter((_, position) => this.given[position]?.name !== '');
    this.changes += 1;
  }
}
