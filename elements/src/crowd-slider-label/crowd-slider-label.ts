/** A mark under a slider, or a word beside one; the answer knows nothing of it (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';

/** What a slider knows of its marks. */
type Slider = Element & { shareOf(value: number): number };

/** @slot - its words */
export class CrowdSliderLabel extends CrowdElement {
  static override styles = [
    CrowdElement.styles,
    css`
      :host {
        color: var(--ink-soft);
        display: inline-block;
        font-size: 13px;
        margin-inline-end: 16px;
      }

      :host([slot='marks']) {
        grid-area: 1 / 1;
        inset-inline-start: calc(100% * var(--share, 0));
        justify-self: start;
        line-height: 16px;
        margin: 0;
        max-width: 96px;
        position: relative;
        text-align: center;
        /* The first and the last begin and end where the scale does. */
        transform: translateX(calc(-100% * var(--share, 0)));
      }

      :host([slot='marks']:dir(rtl)) {
        transform: translateX(calc(100% * var(--share, 0)));
      }
    `,
  ];

  /** The value of the slider that it stands for. */
  @text({ reflect: true }) position = '';

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.parentElement?.localName === 'crowd-slider') this.slot = 'marks';
  }

  /** The slider says where it stands. */
  place({ shareOf }: Pick<Slider, 'shareOf'>): void {
    const value = Number(this.position);
    this.style.setProperty('--share', String(Number.isFinite(value) ? shareOf(value) : 0));
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
