/**
 * A radio button: one of those in a `crowd-radio-group`, by itself otherwise, whatever its name
 * (`a2i-facts/crowd-elements/form-and-inputs.md`).
 */
import { state } from 'lit/decorators.js';
import { TickElement, type Place } from '../field/tick.ts';

/** What a button knows of the group around it. */
type Group = Element & { chosen(button: CrowdRadioButton): void; changed(): void };

export class CrowdRadioButton extends TickElement {
  protected override readonly kind = 'radio';
  protected override readonly fault = '';

  /** Given by the group. */
  @state({ hasChanged: (place, old) => JSON.stringify(place) !== JSON.stringify(old) }) override place: Place | undefined = undefined;

  private get group(): Group | null {
    const group = this.closest<Group>('crowd-radio-group');
    return group && 'chosen' in group ? group : null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.checked) this.group?.chosen(this);
    this.addEventListener('click', this.onTakeBack);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'checked' && value !== null) this.group?.chosen(this);
    if (name === 'checked' || name === 'disabled') this.group?.changed();
  }

  /** Chooses this one as a worker does, and takes the focus. */
  choose(): void {
    this.focus();
    this.checked = true;
    this.announceChange();
  }

  /** Nothing else could switch a button off that stands alone: pressing it once more does, unless a handler objects. */
  private readonly onTakeBack = (event: Event): void => {
    if (event.composedPath()[0] === this || !this.checked || this.group || this.isDisabled) return;
    setTimeout(() => {
      if (!event.defaultPrevented) this.switchOver();
    });
  };

  protected override switchOver(): void {
    if (!this.group || !this.checked) super.switchOver();
  }
}
