/** The base of the plain fields: one control of the browser's own inside, a message below it, and the words by which it is known. */
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { FormElement } from '../form/form-element.ts';
import { labelOf } from '../form/words.ts';
import { fieldStyles } from './field.styles.ts';

export abstract class FieldElement extends FormElement {
  static override styles = [FormElement.styles, fieldStyles];
  static override shadowRootOptions: ShadowRootInit = { ...FormElement.shadowRootOptions, delegatesFocus: true };

  /** What is said at the field: the reason of the last refusal, until it no longer holds. */
  @state() private said = '';

  /** Why what the field holds is not acceptable; empty when it is. */
  protected abstract get fault(): string;

  override get reason(): string {
    return this.said;
  }

  override validate(): boolean {
    this.flush();
    this.said = this.fault;
    return this.said === '';
  }

  /** The words of a label that the page has for this field. */
  protected get labelOutside(): string {
    return labelOf(this.internals as { labels: NodeList });
  }

  /** Takes back what is said at the field. */
  protected forgive(): void {
    this.said = '';
  }

  /** Renders now what a script has set a moment ago. */
  protected flush(): void {
    if (this.isUpdatePending) this.performUpdate();
  }

  protected override updated(): void {
    if (this.said) this.said = this.fault;
  }

  /** The `input` of the control inside reaches the page by itself, its `change` does not. */
  protected readonly announceEnd = (): void => {
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };

  protected message(): TemplateResult {
    return html`<span id="message" class="message">${this.said}</span>`;
  }
}
