/** The base of what is pressed: one button of the browser's own inside, heard and refused by a template as that would be. */
import type { CSSResultGroup } from 'lit';
import { query, state } from 'lit/decorators.js';
import { buttons } from '../base/button.styles.ts';
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';
import { iconStyles } from '../icon/icon.ts';

export abstract class PressElement extends CrowdElement {
  /** A disabled fieldset around it disables it, as it does a button. */
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...CrowdElement.shadowRootOptions, delegatesFocus: true };
  static override styles: CSSResultGroup = [CrowdElement.styles, buttons, iconStyles];

  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  set disabled(disabled: unknown) {
    this.toggleAttribute('disabled', Boolean(disabled));
  }

  /** A name of iron-icons, or the address of a picture. */
  @text() icon = '';

  /** By its own attribute or by a fieldset around it. */
  @state() protected isDisabled = false;

  @query('#control') protected readonly control!: HTMLElement | null;

  formDisabledCallback(isDisabled: boolean): void {
    this.isDisabled = isDisabled;
  }

  /** A script's click is one on the button inside: it does nothing while that is disabled. */
  override click(): void {
    if (this.isUpdatePending) this.performUpdate();
    if (this.control) this.control.click();
    else super.click();
  }
}
