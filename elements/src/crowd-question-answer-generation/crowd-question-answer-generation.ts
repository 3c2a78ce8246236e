/** Questions and answers about a text (`a2i-facts/crowd-elements/text.md`, "crowd-question-answer-generation"). */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import { text } from '../base/text-property.ts';
import { FormElement } from '../form/form-element.ts';
import { link } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import { INLINE_REGIONS, inlineRegions } from '../instructions/inline-regions.ts';
import type { HasRegions } from '../instructions/region.ts';
import type { Span } from '../text/span.ts';
import { TextStage } from '../text/text-stage.ts';
import { helpDialog } from '../tool/help.ts';
import { Keyboard } from '../tool/keyboard.ts';
import { editingKeys, helpKey, type Hint } from '../tool/shortcuts.ts';
import { pairCard } from './pair-card.ts';
import { blank, isBlank, problemOfCount, problemsOf, readPair, type Pair } from './pairs.ts';
import { allowsOwnTags, ATTRIBUTES, limitsOf, tagsOf } from './question-attributes.ts';
import { styles } from './question.styles.ts';

/**
 * Answers `{questionAnswerPairs: [{answer, question, questionTags, references: [{endOffset, startOffset}], wholeText}]}`,
 * offsets in code points. The shape is ours: Amazon has published none.
 *
 * @fires change - something of the answer changed
 * @slot short-instructions - shown above
 * @slot full-instructions - shown in a dialog
 * @slot - whatever else the element holds is shown after it
 */
export class CrowdQuestionAnswerGeneration extends FormElement implements HasRegions {
  static override styles = [FormElement.styles, styles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...ATTRIBUTES];
  }

  /** What the questions are about. */
  @text() text = '';

  readonly regions = INLINE_REGIONS;
  private readonly stage = new TextStage(this, { singular: 'passage', plural: 'passages' });
  private readonly keys: readonly Hint[] = [...this.stage.keys.work, ...editingKeys(this.stage), ...this.stage.keys.view, ...this.stage.keys.pointer, helpKey(() => this.showHelp())];
  private readonly keyboard = new Keyboard(this, this.stage, () => this.keys);
  private nextId = 1;
  @state() private pairs: readonly Pair[] = [];
  /** A pair that was deleted just now, and where it stood. */
  @state() private deleted: { readonly pair: Pair; readonly index: number } | undefined;
  /** What is wrong with each pair, by its id, and with their number under 0, since Submit was asked for. */
  @state() private problems: ReadonlyMap<number, readonly string[]> = new Map();

  constructor() {
    super();
    this.setPairs([this.newPair()]);
    this.stage.work.listen((change) => {
      this.requestUpdate();
      if (change === 'items') this.changed();
    });
    this.addEventListener('region-changed', () => this.requestUpdate());
  }

  /** The answer as it stands; undefined while nobody has written anything. */
  get value(): { questionAnswerPairs: JsonObject[] } | undefined {
    const pairs = this.written.map(({ id, question, answer, tags, wholeText }) => ({
      answer,
      question,
      questionTags: [...tags],
      references: this.referencesOf(id).map(({ startOffset, endOffset }) => ({ endOffset, startOffset })),
      wholeText,
    }));
    return pairs.length > 0 ? { questionAnswerPairs: pairs } : undefined;
  }

  override contribution(): Json | undefined {
    return this.value;
  }

  override validate(): boolean {
    const limits = limitsOf(this);
    const problems = this.written.map((pair) => [pair.id, problemsOf(pair, this.referencesOf(pair.id).length, limits)] as const);
    const ofCount = problemOfCount(this.written.length, limits);
    this.problems = new Map([...problems, [0, ofCount ? [ofCount] : []] as const].filter(([, list]) => list.length > 0));
    return this.problems.size === 0;
  }

  override reset(): void {
    this.problems = new Map();
    this.deleted = undefined;
    this.setPairs([this.newPair()]);
    this.stage.work.reset();
  }

  override saveState(): Json {
    const references = this.stage.work.items.map(({ label, startOffset, endOffset }) => ({ label, startOffset, endOffset }));
    return { pairs: this.pairs.map((pair) => ({ ...pair, tags: [...pair.tags] })), references };
  }

  override restoreState(saved: Json): void {
    if (!isJsonObject(saved) || !Array.isArray(saved.pairs)) return;
    const pairs = saved.pairs.map(readPair).filter((pair) => pair !== undefined);
    if (pairs.length === 0) return;
    this.nextId = Math.max(...pairs.map(({ id }) => id)) + 1;
    this.setPairs(pairs);
    this.stage.work.restore({ shapes: saved.references ?? [], nothingToLabel: false });
  }

  override focus(options?: FocusOptions): void {
    const invalid = this.pairs.find(({ id }) => this.problems.has(id)) ?? this.pairs[0];
    const card = this.cardOf(invalid?.id);
    (card?.querySelector('textarea') ?? this.shadowRoot?.querySelector<HTMLElement>('.add'))?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.keyboard.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.keyboard.disconnect();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (!ATTRIBUTES.includes(name) || old === value) return;
    this.requestUpdate();
    const { fault } = name === 'question-tags' ? tagsOf(this) : {};
    if (fault !== undefined) void link.send({ type: 'error', message: fault });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('text')) this.stage.setText(String(this.text ?? ''));
  }

  protected override firstUpdated(): void {
    this.stage.attach(this.renderRoot);
  }

  // Pairs

  /** Those in which somebody has written. */
  private get written(): readonly Pair[] {
    return this.pairs.filter((pair) => !isBlank(pair, this.referencesOf(pair.id).length));
  }

  private newPair(): Pair {
    return blank(this.nextId++);
  }

  private setPairs(pairs: readonly Pair[]): void {
    this.pairs = pairs;
    this.stage.work.labels.list = pairs.map(({ id }, index) => ({ name: String(id), full: `Question ${index + 1}`, short: String(index + 1) }));
  }

  private referencesOf(id: number): Span[] {
    return this.stage.work.items.filter(({ label }) => label === String(id)).sort((a, b) => a.startOffset - b.startOffset);
  }

  private changed(): void {
    if (this.problems.size > 0) this.validate();
    this.announceChange();
  }

  private change(id: number, part: Partial<Pair>): void {
    this.pairs = this.pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair));
    this.changed();
  }

  private readonly add = (): void => {
    const pair = this.newPair();
    this.setPairs([...this.pairs, pair]);
    void this.goTo(pair.id);
  };

  private drop({ id }: Pair): void {
    const index = this.pairs.findIndex((pair) => pair.id === id);
    const pair = this.pairs[index];
    if (!pair) return;
    if (!isBlank(pair, this.referencesOf(id).length)) this.deleted = { pair, index };
    const rest = this.pairs.toSpliced(index, 1);
    this.setPairs(rest.length > 0 ? rest : [this.newPair()]);
    this.changed();
    void this.goTo((this.pairs[index] ?? this.pairs.at(-1))?.id);
  }

  /** Its passages are there still, and are shown again with it. */
  private readonly bringBack = (): void => {
    if (!this.deleted) return;
    const { pair, index } = this.deleted;
    this.deleted = undefined;
    this.setPairs(this.pairs.toSpliced(index, 0, pair));
    this.changed();
    void this.goTo(pair.id);
  };

  private async goTo(id: number | undefined): Promise<void> {
    await this.updateComplete;
    const card = this.cardOf(id);
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector('textarea')?.focus({ preventScroll: true });
  }

  private cardOf(id: number | undefined): HTMLElement | null | undefined {
    return this.shadowRoot?.querySelector(`.card[data-pair="${id}"]`);
  }

  /** Passages are marked for this pair from now on. */
  private activate({ id }: Pair): void {
    const { labels } = this.stage.work;
    if (labels.active !== String(id)) labels.choose(String(id));
  }

  private showReference(span: Span): void {
    this.stage.show(span);
  }

  private removeReference(span: Span): void {
    this.stage.work.select(span.id);
    this.stage.work.removeSelected();
  }

  private showHelp(): void {
    this.renderRoot.querySelector<HTMLDialogElement>('dialog.help')?.showModal();
  }

  // Rendering

  protected override render(): TemplateResult {
    const { fault } = tagsOf(this);
    const { questions } = limitsOf(this);
    const { selection, remark } = this.stage;
    return html`
      ${inlineRegions(this)}
      ${fault === undefined ? nothing : html`<p class="problems" role="alert">${fault}.</p>`}
      <div class="task" ?inert=${this.isDisabled}>
        <div class="source">
          <div class="tools" role="toolbar" aria-label="Text">
            ${this.stage.modeButtons()} <span data-looks>${this.stage.viewButtons()}</span>
            <button class="button quiet" data-looks type="button" title="Keyboard shortcuts (?)" aria-label="Keyboard shortcuts" @click=${() => this.showHelp()}>?</button>
          </div>
          ${this.stage.render('Text', undefined)}
          <div class="status" role="status">${remark || (selection === undefined ? `Passages are marked for ${this.activeName}.` : `${selection}, selected`)}</div>
        </div>
        <div class="cards">
          ${repeat(this.pairs, ({ id }) => id, (pair, index) => this.renderCard(pair, index))}
          <div class="add-row">
            <button class="button add" type="button" ?disabled=${this.pairs.length >= questions.most} @click=${this.add}>Add a question</button>
            ${this.deleted ? html`<span role="status">Question deleted. <button class="button link" type="button" @click=${this.bringBack}>Undo</button></span>` : nothing}
          </div>
          <div class="problems" role="alert">${(this.problems.get(0) ?? []).map((problem) => html`<p>${problem}</p>`)}</div>
        </div>
      </div>
      ${helpDialog(this.keys)}
      <slot></slot>
    `;
  }

  private get activeName(): string {
    const { labels } = this.stage.work;
    return labels.get(labels.active).full.toLowerCase();
  }

  private renderCard(pair: Pair, index: number): TemplateResult {
    const { labels } = this.stage.work;
    const name = String(pair.id);
    return pairCard({
      pair,
      number: index + 1,
      color: labels.colorOf(name),
      isActive: labels.active === name,
      references: this.referencesOf(pair.id).map((span) => ({ span, text: this.stage.work.textOf(span) })),
      tags: tagsOf(this).tags,
      allowsOwnTags: allowsOwnTags(this),
      limits: limitsOf(this),
      problems: this.problems.get(pair.id) ?? [],
      change: (part) => this.change(pair.id, part),
      activate: () => this.activate(pair),
      show: (span) => this.showReference(span),
      removeReference: (span) => this.removeReference(span),
      remove: () => this.drop(pair),
    });
  }
}
