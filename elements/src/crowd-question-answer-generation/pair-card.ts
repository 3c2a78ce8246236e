/** A question with its answer, its tags, and the passages of the text that it is about. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../base/icons.ts';
import type { Span } from '../text/span.ts';
import { boundsInWords, countWords, type Bounds, type Limits, type Pair } from './pairs.ts';

export type Card = {
  readonly pair: Pair;
  /** From 1. */
  readonly number: number;
  readonly color: string;
  /** Passages are marked for this one. */
  readonly isActive: boolean;
  readonly references: readonly { readonly span: Span; readonly text: string }[];
  readonly tags: readonly string[];
  readonly allowsOwnTags: boolean;
  readonly limits: Limits;
  readonly problems: readonly string[];
  readonly change: (part: Partial<Pair>) => void;
  readonly activate: () => void;
  readonly show: (span: Span) => void;
  readonly removeReference: (span: Span) => void;
  readonly remove: () => void;
};

export const pairCard = (card: Card): TemplateResult => html`
  <fieldset class="card ${card.isActive ? 'active' : ''} ${card.problems.length > 0 ? 'invalid' : ''}" style="--tint:${card.color}" data-pair=${card.pair.id} @focusin=${card.activate} @pointerdown=${card.activate}>
    <legend><span class="number">${card.number}</span> Question ${card.number}</legend>
    <button class="button quiet remove-pair" type="button" title="Delete question ${card.number}" aria-label="Delete question ${card.number}" @click=${card.remove}>${icon('trash')}</button>
    ${written(card, 'question', 'Question', 2)} ${written(card, 'answer', 'Answer', 3)} ${references(card)} ${tagPicker(card)}
    <div class="problems" role="alert">${card.problems.map((problem) => html`<p>${problem}</p>`)}</div>
  </fieldset>
`;

function written({ pair, limits, change }: Card, part: 'question' | 'answer', label: string, rows: number): TemplateResult {
  const onInput = (event: InputEvent): void => {
    event.stopPropagation();
    change({ [part]: (event.target as HTMLTextAreaElement).value });
  };
  return html`
    <label class="written">
      <span class="label">${label} <span class="hint">${hint(pair[part], limits[part])}</span></span>
      <textarea class=${part} rows=${rows} .value=${pair[part]} @input=${onInput}></textarea>
    </label>
  `;
}

function hint(text: string, bounds: Bounds): string {
  const number = countWords(text);
  return `${number} ${number === 1 ? 'word' : 'words'}, ${boundsInWords(bounds, 'word')} asked for`;
}

function references({ pair, references: marked, change, show, removeReference }: Card): TemplateResult {
  return html`
    <div class="references" role="group" aria-label="Passages">
      ${marked.map(
        ({ span, text }) => html`
          <span class="reference">
            <button class="quote" type="button" title="Show in the text" @click=${() => show(span)}>${text}</button>
            <button class="drop" type="button" title="Remove the passage" aria-label="Remove the passage “${text}”" @click=${() => removeReference(span)}>×</button>
          </span>
        `,
      )}
      ${marked.length === 0 && !pair.wholeText ? html`<p class="hint">Mark the passage in the text, for this question.</p>` : nothing}
      <label><input class="whole" type="checkbox" .checked=${pair.wholeText} @change=${(event: Event) => change({ wholeText: (event.target as HTMLInputElement).checked })} /> The whole text</label>
    </div>
  `;
}

function tagPicker({ pair, tags, allowsOwnTags, change }: Card): TemplateResult | typeof nothing {
  if (tags.length === 0) return nothing;
  const all = [...new Set([...tags, ...pair.tags])];
  const toggle = (tag: string): void => change({ tags: pair.tags.includes(tag) ? pair.tags.filter((other) => other !== tag) : [...pair.tags, tag] });
  return html`
    <div class="tag-picker" role="group" aria-label="Tags">
      ${all.map((tag) => html`<button class="pick" type="button" aria-pressed=${String(pair.tags.includes(tag))} @click=${() => toggle(tag)}>${tag}</button>`)}
      ${allowsOwnTags ? ownTag((tag) => change({ tags: [...new Set([...pair.tags, tag])] })) : nothing}
    </div>
  `;
}

function ownTag(add: (tag: string) => void): TemplateResult {
  const take = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    event.stopPropagation();
    const tag = field.value.trim();
    field.value = '';
    if (tag !== '') add(tag);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    take(event);
  };
  return html`<input class="own-tag" type="text" aria-label="Another tag" placeholder="Another tag" @keydown=${onKey} @change=${take} @input=${(event: Event) => event.stopPropagation()} />`;
}
