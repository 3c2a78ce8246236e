/** The labels of a tool: their names and colours, which is chosen for what comes next, and which are hidden. Knows no DOM. */
import { colorAt } from './palette.ts';

export class LabelSet {
  private list: readonly string[] = [];
  private ownColors: readonly string[] = [];
  private chosen = '';
  private readonly hidden = new Set<string>();

  /** `changed` is called after each change: of the list, or of colours, of what is chosen and what is hidden. */
  constructor(private readonly changed: (what: 'list' | 'look') => void) {}

  get names(): readonly string[] {
    return this.list;
  }

  /** Another list; what was chosen stays so where it is listed still. */
  set names(names: readonly string[]) {
    this.list = names;
    if (!names.includes(this.chosen)) this.chosen = names[0] ?? '';
    this.changed('list');
  }

  /** The template's own colours, by position. */
  set colors(colors: readonly string[]) {
    this.ownColors = colors;
    this.changed('look');
  }

  colorOf(label: string): string {
    return colorAt(Math.max(this.list.indexOf(label), 0), this.ownColors);
  }

  /** The label of what is drawn next; empty where there are none. */
  get active(): string {
    return this.chosen;
  }

  choose(label: string): void {
    this.chosen = label;
    this.changed('look');
  }

  has(label: string): boolean {
    return this.list.includes(label);
  }

  get anyHidden(): boolean {
    return this.hidden.size > 0;
  }

  isHidden(label: string): boolean {
    return this.hidden.has(label);
  }

  show(label: string): void {
    if (this.hidden.delete(label)) this.changed('look');
  }

  toggleHidden(label: string): void {
    if (!this.hidden.delete(label)) this.hidden.add(label);
    this.changed('look');
  }

  /** Shows everything if anything is hidden, else hides everything. */
  toggleAllHidden(): void {
    if (this.hidden.size > 0) this.hidden.clear();
    else for (const label of this.list) this.hidden.add(label);
    this.changed('look');
  }
}
