/** What the two instruction regions share: a header, and knowing whether a tool shows them or they show themselves. */
import { property } from 'lit/decorators.js';
import { CrowdElement } from '../base/crowd-element.ts';

/** Marks the class of an element that has places for the instruction regions in its own layout. */
export interface HasRegions {
  readonly hasRegions: true;
}

export abstract class Region extends CrowdElement {
  @property({ reflect: true }) header = '';

  /** A tool around this region gives it its place. */
  protected get isPlaced(): boolean {
    return this.parentElement !== null && 'hasRegions' in this.parentElement;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.place();
    const { parentElement: parent } = this;
    // A tool may come after its regions.
    if (parent?.matches(':not(:defined)')) void customElements.whenDefined(parent.localName).then(() => this.place());
  }

  private place(): void {
    if (this.isPlaced) this.slot = this.localName;
    else if (this.parentElement?.localName === 'crowd-form') this.slot = 'instructions';
    this.requestUpdate();
  }

  protected override updated(): void {
    if (this.isPlaced) this.parentElement?.dispatchEvent(new Event('region-changed'));
  }
}
