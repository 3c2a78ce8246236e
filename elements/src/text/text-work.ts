/** The state of a text with spans: beside the spans what is highlighted and may become one. Knows no DOM. */
import { Annotations } from '../tool/annotations.ts';
import { blocksOf } from './blocks.ts';
import { extended, type Extent } from './extent.ts';
import { SourceText, type Range } from './source-text.ts';
import { overlap, SpanFit, SPANS, type Span } from './span.ts';
import { Stops, type Unit } from './stops.ts';

export class TextWork extends Annotations<Span> {
  /** May a span lie over another? Those that the template gives may in any case. */
  allowsOverlap = true;
  /** Why the last thing was not done, in a sentence, or nothing. */
  refusal = '';
  text = new SourceText('');
  blocks: readonly Range[] = blocksOf('');
  private stops: Record<Unit, Stops> = this.stopsOf();
  private highlight: Extent = { start: 0, end: 0, moving: 'end' };
  private readonly spans: SpanFit;

  constructor() {
    const spans = new SpanFit();
    super(SPANS, spans);
    this.spans = spans;
    this.listen((change) => {
      if (change === 'items') this.refusal = '';
    });
  }

  setText(text: string): void {
    this.text = new SourceText(text);
    this.blocks = blocksOf(text);
    this.stops = this.stopsOf();
    this.highlight = { start: 0, end: 0, moving: 'end' };
    this.spans.textLength = this.text.length;
    this.refit();
  }

  private stopsOf(): Record<Unit, Stops> {
    const of = (unit: Unit): Stops => new Stops(this.text.string, this.blocks, unit);
    return { word: of('word'), character: of('character') };
  }

  /** Where a span lies, in UTF-16 units. */
  rangeOf({ startOffset, endOffset }: Span): Range {
    return { start: this.text.unitAt(startOffset), end: this.text.unitAt(endOffset) };
  }

  textOf(span: Span): string {
    return this.text.slice(this.rangeOf(span));
  }

  // What is highlighted

  /** The words that a label would mark; undefined where there are none. */
  get highlighted(): Range | undefined {
    const { start, end } = this.highlight;
    return end > start ? this.highlight : undefined;
  }

  /** Where the keyboard is in the text. */
  get place(): Extent {
    return this.highlight;
  }

  /** Highlights a range and lets go of what is selected. An empty range is a place from which the keyboard goes on. */
  point({ start, end }: Range): void {
    this.hold({ start, end });
    this.refusal = '';
    this.notify();
  }

  /** The same while the browser shows the range itself: nothing is drawn anew, which would take it away. */
  hold({ start, end }: Range): void {
    super.select(undefined);
    this.highlight = { start, end, moving: 'end' };
  }

  /** The nearest place that is not inside of a character as people see it. */
  between(unit: number): number {
    const character = this.stops.character.at(unit);
    return character && character.start < unit && unit < character.end ? character.end : unit;
  }

  /** Highlights the word at this unit. */
  pointAtWord(unit: number): void {
    const word = this.stops.word.at(unit);
    if (word) this.point(word);
  }

  override select(id: number | undefined): void {
    super.select(id);
    const span = this.selected;
    if (!span) return;
    const { end } = this.rangeOf(span);
    this.highlight = { start: end, end, moving: 'end' };
  }

  /** Highlights the next or previous word. */
  move(step: 1 | -1): void {
    const from = this.selected ? this.rangeOf(this.selected) : this.highlight;
    const word = step === 1 ? this.stops.word.after(from.end) : this.stops.word.before(from.start);
    if (word) this.point(word);
  }

  /** Moves an end of what is highlighted, or of the selected span, by a word or a character. */
  extend(step: 1 | -1, unit: Unit): void {
    const { selected } = this;
    const stops = this.stops[unit];
    if (selected) {
      const { start, end, moving } = extended({ ...this.rangeOf(selected), moving: this.highlight.moving }, step, stops);
      this.highlight = { ...this.highlight, moving };
      this.resize({ start, end }, 'resize');
      return;
    }
    if (this.highlighted) this.highlight = extended(this.highlight, step, stops);
    else {
      const first = step === 1 ? stops.after(this.highlight.end) : stops.before(this.highlight.start);
      if (first) this.highlight = { ...first, moving: step === 1 ? 'end' : 'start' };
    }
    this.notify();
  }

  /** From now on, the other end moves. */
  swapEnds(): void {
    this.highlight = { ...this.highlight, moving: this.highlight.moving === 'end' ? 'start' : 'end' };
    this.notify();
  }

  /** Lets go of what is highlighted; false when nothing was. */
  release(): boolean {
    if (!this.highlighted) return false;
    this.point({ start: this.highlight.end, end: this.highlight.end });
    return true;
  }

  // Spans

  /** A label marks what is highlighted; with nothing highlighted, it is as in every tool. */
  override chooseLabel(label: string): void {
    if (!this.highlighted) return super.chooseLabel(label);
    this.labels.choose(label);
    this.mark();
  }

  /** Makes a span of what is highlighted, under the chosen label. */
  mark(): void {
    const { active: label } = this.labels;
    const range = this.highlighted && this.text.trimmed(this.highlighted);
    if (!range || label === '') return;
    const span = { id: this.newId(), label, ...this.offsetsOf(range) };
    const twin = this.items.find((item) => SPANS.same(item, span));
    if (twin) {
      this.select(twin.id);
      this.notify();
    } else if (!this.isRefused(span)) this.add(span);
  }

  /** The selected span with other ends. */
  private resized(range: Range): Span | undefined {
    return this.selected && range.start < range.end ? { ...this.selected, ...this.offsetsOf(range) } : undefined;
  }

  /** Shows the selected span with other ends; {@link resize} makes it so. */
  preResize(range: Range): void {
    const span = this.resized(range);
    if (span) this.show(span);
  }

  /** Gives the selected span other ends. Changes of one `run` are undone together. */
  resize(range: Range, run?: string): void {
    const span = this.resized(range);
    this.preview = undefined;
    if (span && !this.isRefused(span)) this.replace(span, run);
  }

  /** The spans to draw: those on screen, one of them as it is being changed. */
  get shown(): readonly Span[] {
    const { preview, visible } = this;
    return preview ? visible.map((span) => (span.id === preview.id ? preview : span)) : visible;
  }

  /** The spans over this unit that are on screen, the shortest first. */
  spansAt(unit: number): Span[] {
    const point = this.text.pointAt(unit);
    const length = ({ startOffset, endOffset }: Span): number => endOffset - startOffset;
    return this.visible.filter(({ startOffset, endOffset }) => startOffset <= point && point < endOffset).sort((a, b) => length(a) - length(b));
  }

  /** In the order of the text. */
  override neighbour(step: 1 | -1): Span | undefined {
    const spans = [...this.visible].sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset || a.id - b.id);
    const at = spans.findIndex(({ id }) => id === this.selected?.id);
    if (at !== -1) return spans[at + step];
    const here = this.text.pointAt(this.highlight.start);
    return step === 1 ? spans.find(({ startOffset }) => startOffset >= here) : spans.findLast(({ startOffset }) => startOffset < here);
  }

  private offsetsOf({ start, end }: Range): Pick<Span, 'startOffset' | 'endOffset'> {
    return { startOffset: this.text.pointAt(start), endOffset: this.text.pointAt(end) };
  }

  private isRefused(span: Span): boolean {
    const other = this.allowsOverlap ? undefined : this.items.find((item) => item.id !== span.id && overlap(item, span));
    this.refusal = other ? `Spans of this task may not overlap, and “${this.textOf(other)}” is marked already.` : '';
    if (other) this.notify();
    return other !== undefined;
  }
}
