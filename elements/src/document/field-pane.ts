/** The fields of a document in a list, the doubtful first: the one at work can be corrected, the others are a line each. */
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { icon } from '../base/icons.ts';
import { isDoubtful, type Field, type Part, type Verdict } from './fields.ts';

/** What the pane can have done. */
export type FieldActions = {
  readonly select: (position: number) => void;
  readonly write: (position: number, part: Part, text: string) => void;
  readonly judge: (position: number, verdict: Verdict) => void;
  /** A key was pressed in the field at work. */
  readonly onKey: (event: KeyboardEvent, position: number) => void;
};

type Judgement = { readonly verdict: Verdict; readonly words: string; readonly key: string };

const NO: Judgement = { verdict: 'no', words: 'No pair', key: 'N' };
const NOT_FOUND: Judgement = { verdict: 'not-found', words: 'Key not found', key: 'K' };
const BLANK: Judgement = { verdict: 'blank', words: 'Value is blank', key: 'B' };

/** What can be said of a field beside correcting it, with the letter that says it. */
export const judgementsOf = ({ source }: Field): readonly Judgement[] =>
  source.key || source.values.length > 0 ? [NO, NOT_FOUND, BLANK] : [NOT_FOUND, BLANK];

type Pane = {
  readonly fields: readonly Field[];
  readonly selection: number | undefined;
  readonly doubtful: number;
  readonly mayEditKeys: boolean;
  readonly actions: FieldActions;
  readonly tables: TemplateResult | typeof nothing;
};

export const fieldPane = ({ fields, selection, doubtful, mayEditKeys, actions, tables }: Pane): TemplateResult => html`
  <section class="fields" aria-label="Fields">
    <header>
      <h2>Fields</h2>
      <span class="left">${doubtful > 0 ? `${doubtful} to check` : fields.length > 0 ? 'All checked' : ''}</span>
    </header>
    <div class="scroll">
      ${fields.length === 0 ? html`<p class="empty">Nothing was found in this document.</p>` : nothing}
      <ol>
        ${fields.map((field, position) =>
          guard([field, position === selection, mayEditKeys], () =>
            position === selection ? atWork(field, position, mayEditKeys, actions) : line(field, position, actions),
          ),
        )}
      </ol>
      ${tables}
    </div>
  </section>
`;

const WORDS: Record<Verdict, string> = { pair: '', no: 'No pair', 'not-found': 'Key not found', blank: 'Blank', open: 'To be found' };

/** How a field stands, in a word; empty where it needs none. */
export function standing(field: Field): string {
  if (WORDS[field.verdict]) return WORDS[field.verdict];
  if (field.isChecked) return 'Checked';
  return isDoubtful(field) ? `${Math.round(field.source.confidence ?? 0)} % sure` : '';
}

const mark = (field: Field): TemplateResult => html`
  <span class="mark ${isDoubtful(field) ? 'doubtful' : ''}">${field.isChecked ? icon('check') : nothing}<span>${standing(field)}</span></span>
`;

const line = (field: Field, position: number, { select }: FieldActions): TemplateResult => html`
  <li class="line ${field.verdict}">
    <button type="button" @click=${() => select(position)}>
      <span class="key" dir="auto">${field.key || '(no key)'}</span>
      <span class="value" dir="auto">${field.value}</span>
      ${mark(field)}
    </button>
  </li>
`;

function atWork(field: Field, position: number, mayEditKeys: boolean, actions: FieldActions): TemplateResult {
  const edit = (part: Part) => (event: Event): void => {
    // Told as a change of the element itself.
    event.stopPropagation();
    actions.write(position, part, (event.target as HTMLInputElement).value);
  };
  const input = (part: Part, name: string): TemplateResult => html`
    <label><span>${name}</span><input
      class=${part}
      type="text"
      dir="auto"
      autocomplete="off"
      spellcheck="false"
      placeholder=${part === 'value' && field.verdict === 'blank' ? 'blank' : ''}
      .value=${live(field[part])}
      @input=${edit(part)}
      @change=${(event: Event) => event.stopPropagation()}
    /></label>
  `;
  return html`
    <li class="at-work ${field.verdict}" aria-current="true" @keydown=${(event: KeyboardEvent) => actions.onKey(event, position)}>
      ${mayEditKeys && field.source.key ? input('key', 'Key') : html`<div class="fixed" dir="auto">${field.key || '(no key)'}</div>`}
      ${input('value', mayEditKeys && field.source.key ? 'Value' : `Value of ${field.key}`)}
      <div class="judgements" role="group" aria-label="What it is, if it is no pair with a value">
        ${judgementsOf(field).map(
          ({ verdict, words, key }) => html`
            <button
              class="button"
              type="button"
              aria-pressed=${String(field.verdict === verdict)}
              aria-keyshortcuts="Alt+${key}"
              title="${words} (Alt+${key})"
              @click=${() => actions.judge(position, verdict)}
            >
              ${words}
            </button>
          `,
        )}
        ${mark(field)}
      </div>
    </li>
  `;
}
