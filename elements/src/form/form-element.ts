/**
 * The base of every element that contributes to the answer.
 *
 * Form-associated, so that a disabled fieldset, a label and the form's own reset reach it as they reach any input.
 * crowd-form asks the methods below; an element of a template's own that has the same methods is treated alike.
 */
import { property, state } from 'lit/decorators.js';
import { text } from '../base/text-property.ts';
import type { Json } from '../frame/protocol.ts';
import { CrowdElement } from '../base/crowd-element.ts';

export abstract class FormElement extends CrowdElement {
  static readonly formAssociated = true;

  /** The key in the answer. Without one the element contributes nothing. */
  @text({ reflect: true }) name = '';

  /** Cannot be changed, and is left out of the answer. The attribute itself: a script may clear it and submit at once. */
  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  set disabled(disabled: unknown) {
    this.toggleAttribute('disabled', Boolean(disabled));
  }

  @property({ type: Boolean, reflect: true }) required = false;

  /** Disabled by its own attribute or by a fieldset around it. */
  @state() protected isDisabled = false;

  protected readonly internals = this.attachInternals();

  /** What goes into the answer under `name`; undefined leaves the key out. */
  abstract contribution(): Json | undefined;

  /** Is the content acceptable? If not, the element shows why. */
  abstract validate(): boolean;

  /** Why {@link validate} refused last, for the summary of the form; empty where the element alone says it, or did not refuse. */
  get reason(): string {
    return '';
  }

  /** The words by which the element itself is known: its label. */
  get words(): string {
    return '';
  }

  /** Back to what the template gave. */
  abstract reset(): void;

  /** The work in this element, for a draft. */
  abstract saveState(): Json;

  /** Puts back what {@link saveState} gave; what it does not recognise it ignores. */
  abstract restoreState(state: Json): void;

  formDisabledCallback(isDisabled: boolean): void {
    this.isDisabled = isDisabled;
  }

  formResetCallback(): void {
    this.reset();
  }

  /** Tells the page that the worker changed something, as a native input does. */
  protected announceChange(): void {
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
