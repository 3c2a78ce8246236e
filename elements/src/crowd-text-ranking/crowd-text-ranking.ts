/** Ranks several texts along dimensions (`a2i-facts/crowd-elements/text.md`, "crowd-text-ranking"). */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { AttributeError } from '../base/json-attributes.ts';
import { text } from '../base/text-property.ts';
import { FormElement } from '../form/form-element.ts';
import { isJsonObject } from '../base/json-object.ts';
import { link } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import { INLINE_REGIONS, inlineRegions } from '../instructions/inline-regions.ts';
import type { HasRegions } from '../instructions/region.ts';
import { board, letterOf } from './board.ts';
import { ChipDrag } from './chip-drag.ts';
import { dense, isComplete, ranked, unranked, type Dimension, type Ranks } from './ranking.ts';
import { readDimensions, readResponses } from './ranking-attributes.ts';
import { styles } from './ranking.styles.ts';

const RESPONSES = 'responses';
const DIMENSIONS = 'ordinal-ranking-dimensions';

/**
 * Answers `{ordinalRankingDimensions: [{name, responseRankings: [rank of each response]}]}`, which stands in the answer
 * itself and not under the element's name, as the one published consumer reads it.
 *
 * @fires change - a rank changed
 * @slot short-instructions - shown above
 * @slot full-instructions - shown in a dialog
 * @slot - whatever else the element holds is shown after it
 */
export class CrowdTextRanking extends FormElement implements HasRegions {
  static override styles = [FormElement.styles, styles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, RESPONSES, DIMENSIONS];
  }

  /** What the responses answer. */
  @text() text = '';

  readonly regions = INLINE_REGIONS;
  readonly standsInAnswer = true;

  private texts: readonly string[] = [];
  private dimensions: readonly Dimension[] = [];
  private fault: string | undefined;
  @state() private ranks: readonly Ranks[] = [];
  @state() private errors: readonly string[] = [];
  /** Dimension and response of the chip that is picked up. */
  @state() private picked: readonly [number, number] | undefined;
  private readonly drags = new Map<number, ChipDrag>();

  constructor() {
    super();
    this.addEventListener('region-changed', () => this.requestUpdate());
  }

  get responses(): readonly string[] {
    return this.texts;
  }

  set responses(responses: readonly string[]) {
    this.setAttribute(RESPONSES, JSON.stringify(responses));
  }

  get ordinalRankingDimensions(): readonly Dimension[] {
    return this.dimensions;
  }

  set ordinalRankingDimensions(dimensions: readonly Dimension[]) {
    this.setAttribute(DIMENSIONS, JSON.stringify(dimensions));
  }

  private get isRanked(): boolean {
    return this.ranks.every(isComplete);
  }

  /** The answer, once every response has its ranks. */
  get value(): { ordinalRankingDimensions: { name: string; responseRankings: number[] }[] } | undefined {
    if (this.fault !== undefined || !this.isRanked) return undefined;
    const rankings = this.dimensions.map(({ name }, index) => ({ name, responseRankings: dense(this.ranks[index] as number[]) }));
    return { ordinalRankingDimensions: rankings };
  }

  override contribution(): Json | undefined {
    return this.value;
  }

  override validate(): boolean {
    this.errors = this.dimensions.map(({ name }, index) => (isComplete(this.ranks[index] ?? []) ? '' : `Rank every response on “${name}”.`));
    return this.fault === undefined && this.isRanked;
  }

  override reset(): void {
    this.ranks = this.dimensions.map(() => unranked(this.responses.length));
    this.errors = [];
    this.picked = undefined;
  }

  override saveState(): Json {
    return { ranks: this.ranks.map((ranks) => ranks.map((rank) => rank ?? null)) };
  }

  override restoreState(saved: Json): void {
    if (!isJsonObject(saved) || !Array.isArray(saved.ranks)) return;
    const lists = saved.ranks;
    const isRank = (rank: Json | undefined): rank is number => typeof rank === 'number' && Number.isInteger(rank) && rank >= 1 && rank <= this.responses.length;
    this.ranks = this.ranks.map((ranks, index) => {
      const list = lists[index];
      return Array.isArray(list) && list.length === ranks.length ? list.map((rank) => (isRank(rank) ? rank : undefined)) : ranks;
    });
  }

  override focus(options?: FocusOptions): void {
    const first = this.errors.findIndex(Boolean);
    this.boardAt(Math.max(first, 0))?.querySelector<HTMLElement>('.chip')?.focus(options);
  }

  // A script may ask for the answer before the element has rendered again.
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (old !== value && (name === RESPONSES || name === DIMENSIONS)) this.read();
  }

  private read(): void {
    try {
      this.fault = undefined;
      this.texts = readResponses(this.getAttribute(RESPONSES) ?? '');
      this.dimensions = readDimensions(this.getAttribute(DIMENSIONS) ?? '');
    } catch (error) {
      if (!(error instanceof AttributeError)) throw error;
      this.fault = error.message;
    }
    this.reset();
    this.requestUpdate();
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    if (this.fault === undefined && this.dimensions.length === 0) this.read();
    if (this.fault !== undefined) void link.send({ type: 'error', message: this.fault });
  }

  private rank(dimension: number, response: number, rank: number | undefined): void {
    const { allowTie } = this.dimensions[dimension] as Dimension;
    this.ranks = this.ranks.with(dimension, ranked(this.ranks[dimension] as Ranks, response, rank, allowTie));
    if (this.errors[dimension]) this.errors = this.errors.with(dimension, '');
    this.picked = undefined;
    this.announceChange();
    void this.keepFocus(dimension, response);
  }

  /** A chip goes to another lane with the focus. */
  private async keepFocus(dimension: number, response: number): Promise<void> {
    await this.updateComplete;
    this.boardAt(dimension)?.querySelector<HTMLElement>(`.chip[data-response="${response}"]`)?.focus({ preventScroll: true });
  }

  private boardAt(dimension: number): Element | undefined {
    return this.shadowRoot?.querySelectorAll('.board')[dimension];
  }

  private pick(dimension: number, response: number): void {
    const isPicked = this.picked?.[0] === dimension && this.picked[1] === response;
    this.picked = isPicked ? undefined : [dimension, response];
  }

  private dragFor(dimension: number): ChipDrag {
    let drag = this.drags.get(dimension);
    if (drag === undefined) {
      drag = new ChipDrag((chip, lane) => this.rank(dimension, Number(chip.dataset.response), lane.dataset.rank ? Number(lane.dataset.rank) : undefined));
      this.drags.set(dimension, drag);
    }
    return drag;
  }

  protected override render(): TemplateResult {
    return html`
      ${inlineRegions(this)}
      ${this.fault === undefined ? this.renderTask() : html`<p class="fault" role="alert">${this.fault}.</p>`}
      <slot></slot>
    `;
  }

  private renderTask(): TemplateResult {
    return html`
      <div class="task" ?inert=${this.isDisabled}>
        ${this.text ? html`<div class="prompt">${this.text}</div>` : nothing}
        <ol class="responses">
          ${this.responses.map((response, index) => html`<li><span class="letter">${letterOf(index)}</span><div class="response">${response}</div></li>`)}
        </ol>
        <p class="how">Drag a letter to its rank, or choose it and then the rank. With the keyboard: <kbd>1</kbd> … <kbd>9</kbd> or the arrow keys on a letter.</p>
        <div class="boards">${this.dimensions.map((dimension, index) => this.renderBoard(dimension, index))}</div>
      </div>
    `;
  }

  private renderBoard(dimension: Dimension, index: number): TemplateResult {
    return board({
      dimension,
      ranks: this.ranks[index] ?? [],
      responses: this.responses,
      error: this.errors[index] ?? '',
      picked: this.picked?.[0] === index ? this.picked[1] : undefined,
      drag: this.dragFor(index),
      pick: (response) => this.pick(index, response),
      rank: (response, rank) => this.rank(index, response, rank),
    });
  }
}
