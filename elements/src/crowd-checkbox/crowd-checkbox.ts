/** A check box: `{name: {value: true or false}}`, those of one name together (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { TickElement } from '../field/tick.ts';

export class CrowdCheckbox extends TickElement {
  protected override get fault(): string {
    return this.required && !this.checked && !this.isDisabled ? 'tick this box' : '';
  }
}
