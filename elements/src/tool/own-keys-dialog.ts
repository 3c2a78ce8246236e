/** The dialog in which a worker gives labels keys of their own. */
import { css, html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { dialog } from '../base/dialog.ts';
import { preferences } from '../frame/link.ts';
import type { LabelKeys } from '../labels/label-keys.ts';
import type { LabelSet } from '../labels/label-set.ts';
import { listed, type Listed } from '../labels/labels.ts';
import { searchField, WORTH_SEARCHING } from '../labels/search-field.ts';
import { giveKey, keyTyped, type OwnKeys } from './own-keys.ts';
import type { Hint } from './shortcuts.ts';

/** Under which they are remembered. */
export const OWN_KEYS = 'keys';

/** As in the pane of labels: nobody scrolls through more. */
const MOST_ROWS = 200;

export const ownKeysStyles = css`
  .own-keys .search {
    margin: 0 0 8px;
    width: auto;
  }

  .own-keys p {
    margin: 0 0 12px;
  }

  .own-keys th {
    font-weight: normal;
    overflow-wrap: anywhere;
    white-space: normal;
    width: auto;
  }

  .own-keys th .swatch {
    display: inline-block;
    margin-right: 8px;
    vertical-align: -2px;
  }

  .own-keys :is(th, td) {
    vertical-align: middle;
  }

  .own-keys td:last-child {
    padding-right: 0;
    text-align: right;
    width: 64px;
  }

  .own-key {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    box-sizing: border-box;
    color: inherit;
    font: 14px/20px ui-monospace, 'Cascadia Mono', Menlo, monospace;
    min-height: 32px;
    text-align: center;
    width: 48px;
  }

  .own-key:not(:placeholder-shown) {
    font-weight: 700;
  }

  .own-key::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }

  .own-key:focus {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  .own-key[aria-invalid] {
    border-color: var(--bad);
  }

  .own-keys .said {
    color: var(--ink-soft);
    font-size: 13px;
    margin: 4px 0 0;
  }

  .own-keys .refused {
    color: var(--bad);
    font-weight: 600;
  }

  @media (pointer: coarse) {
    .own-key {
      min-height: 44px;
      width: 56px;
    }
  }
`;

type Said = { readonly label: string; readonly words: string; readonly isRefusal: boolean };

export class OwnKeysDialog {
  private isOpen = false;
  private query = '';
  private said: Said | undefined;

  /** `rows`: the tool's keys that choose no label. */
  constructor(
    private readonly host: ReactiveControllerHost & { readonly renderRoot: ParentNode },
    private readonly labels: LabelSet,
    private readonly keys: LabelKeys,
    private readonly rows: readonly Hint[],
  ) {}

  readonly open = async (): Promise<void> => {
    Object.assign(this, { isOpen: true, query: '', said: undefined });
    await this.update();
    const shown = this.host.renderRoot.querySelector<HTMLDialogElement>('dialog.own-keys');
    shown?.addEventListener('close', this.onClose, { once: true });
    shown?.showModal();
    shown?.querySelector<HTMLElement>('.own-key')?.focus();
  };

  render(): TemplateResult {
    return dialog('own-keys', 'Keys of labels', this.isOpen ? this.content() : nothing);
  }

  private content(): TemplateResult {
    const { list } = this.labels;
    const { shown, left } = listed(list, this.query, '', MOST_ROWS);
    return html`
      <p>Press a key in the field of a label to choose the label by that key. Backspace gives it its usual key back.</p>
      ${list.length >= WORTH_SEARCHING ? searchField({ what: 'labels', query: this.query, search: this.search, end: this.endSearch }) : nothing}
      <table class="keys" @keydown=${this.walk}>
        <tbody>
          ${repeat(shown, ({ label }) => label, this.row)}
        </tbody>
      </table>
      ${shown.length === 0 ? html`<p class="said">No label contains “${this.query}”.</p>` : nothing}
      ${left > 0 ? html`<p class="said">${left.toLocaleString('en')} more: search for them.</p>` : nothing}
      ${this.keys.own.size > 0 ? html`<p><button class="button" type="button" @click=${this.forget}>Back to the usual keys</button></p>` : nothing}
    `;
  }

  private readonly row = ({ label, full, position }: Listed): TemplateResult => {
    const { said } = this;
    const isSaid = said?.label === label && said.words !== '';
    const own = this.keys.own.get(label);
    return html`
      <tr>
        <th scope="row">
          <span class="swatch" style="background:${this.labels.colorOf(label)}"></span>${full}
          <p id="said-${position}" class="said ${said?.isRefusal ? 'refused' : ''}" role="status" ?hidden=${!isSaid}>${isSaid ? said.words : ''}</p>
        </th>
        <td>
          <input
            class="own-key"
            aria-label="Key of ${full}"
            aria-describedby="said-${position}"
            aria-invalid=${isSaid && said.isRefusal ? 'true' : nothing}
            autocapitalize="off"
            autocomplete="off"
            spellcheck="false"
            placeholder=${this.keys.of(label) ?? '–'}
            .value=${own?.toUpperCase() ?? ''}
            @focus=${select}
            @click=${select}
            @change=${(event: Event) => event.stopPropagation()}
            @input=${(event: InputEvent) => this.typed(label, event)}
          />
        </td>
      </tr>
    `;
  };

  private typed(label: string, event: InputEvent): void {
    // No input of the worker's: it would count as a change of the answer.
    event.stopPropagation();
    // What is composed of several presses is typed when it is whole.
    if (event.isComposing) return;
    const field = event.target as HTMLInputElement;
    const result = giveKey(this.keys.own, label, keyTyped(field.value), this.rows);
    if ('own' in result) this.keep(result.own);
    this.said = { label, words: 'own' in result ? result.note : result.refusal, isRefusal: !('own' in result) };
    // The next key takes the place of this one.
    field.value = this.keys.own.get(label)?.toUpperCase() ?? '';
    void this.update().then(() => field.select());
  }

  private keep(own: OwnKeys): void {
    this.keys.own = own;
    preferences.set(OWN_KEYS, own.size > 0 ? Object.fromEntries(own) : null);
  }

  private readonly forget = (): void => {
    this.keep(new Map());
    this.said = undefined;
    void this.update();
    this.host.renderRoot.querySelector<HTMLElement>('.own-key')?.focus();
  };

  private readonly search = (query: string): void => {
    this.query = query;
    void this.update();
  };

  private readonly endSearch = (isChosen: boolean): void => {
    if (isChosen) this.host.renderRoot.querySelector<HTMLElement>('.own-key')?.focus();
    else if (this.query !== '') this.search('');
    else this.host.renderRoot.querySelector<HTMLDialogElement>('dialog.own-keys')?.close();
  };

  /** Enter and the arrow keys lead to the field of the next label, or the one before. */
  private readonly walk = (event: KeyboardEvent): void => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.isComposing) return;
    event.preventDefault();
    const fields = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.own-key')];
    fields[fields.indexOf(event.target as HTMLElement) + step]?.focus();
  };

  private readonly onClose = (): void => {
    this.isOpen = false;
    void this.update();
  };

  private update(): Promise<unknown> {
    this.host.requestUpdate();
    return this.host.updateComplete;
  }
}

const select = (event: Event): void => (event.target as HTMLInputElement).select();
