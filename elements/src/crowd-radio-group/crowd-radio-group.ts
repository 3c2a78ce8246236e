/** Of the radio buttons in it, at whatever depth, one at most is chosen (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import type { CrowdRadioButton } from '../crowd-radio-button/crowd-radio-button.ts';

/** Where an arrow key leads, as in a group of HTML's own radio buttons. */
const STEPS: Record<string, 1 | -1> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** @slot - the radio buttons */
export class CrowdRadioGroup extends CrowdElement {
  static override styles = [
    CrowdElement.styles,
    css`
      :host {
        display: block;
        margin-bottom: 12px;
      }
    `,
  ];

  private readonly observer = new MutationObserver(() => this.changed());

  private get buttons(): CrowdRadioButton[] {
    return [...this.querySelectorAll<CrowdRadioButton>('crowd-radio-button')].filter((button) => button.closest(this.localName) === this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasAttribute('role')) this.setAttribute('role', 'radiogroup');
    this.observer.observe(this, { childList: true, subtree: true });
    this.addEventListener('keydown', this.onKey);
    // Buttons that came before it, as after its script had to be asked for again, have told nobody.
    const last = this.buttons.findLast(({ checked }) => checked);
    if (last) this.chosen(last);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  /** The button was switched on, by whomever: all others go off. One that is still to come says so itself when it has. */
  chosen(button: CrowdRadioButton): void {
    for (const other of this.buttons) if (other !== button && other.checked) other.checked = false;
  }

  /** Something about the buttons changed. While a page is being read it comes in pieces, and each would count all buttons anew. */
  changed(): void {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', this.onRead, { once: true });
    else this.requestUpdate();
  }

  private readonly onRead = (): void => this.requestUpdate();

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  /** Tab comes to the one that is chosen, or to the first that can be. */
  protected override updated(): void {
    const { buttons } = this;
    const usable = buttons.filter((button) => !button.matches(':disabled'));
    const stop = usable.find(({ checked }) => checked) ?? usable[0];
    for (const [index, button] of buttons.entries()) button.place = { isStop: button === stop, position: index + 1, size: buttons.length };
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const usable = this.buttons.filter((button) => !button.matches(':disabled'));
    const from = usable.indexOf(event.target as CrowdRadioButton);
    if (from < 0) return;
    event.preventDefault();
    usable.at((from + step) % usable.length)?.choose();
  };
}
