/** What the two instruction regions share: a header, and knowing whether a tool shows them or they show themselves. */
import { property } from 'lit/decorators.js';
import { CrowdElement } from '../base/crowd-element.ts';

/** An element that has places for regions in its own layout, each in the slot of the region's name. */
export interface HasRegions {
  readonly regions: readonly string[];
}

const regionsOf = (element: Element | null): readonly string[] =>
  element !== null && 'regions' in element ? (element as Element & HasRegions).regions : [];

export abstract class Region extends CrowdElement {
  @property({ reflect: true }) header = '';

  /** The element around this region gives it its place. */
  protected get isPlaced(): boolean {
    return regionsOf(this.parentElement).includes(this.localName);
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
