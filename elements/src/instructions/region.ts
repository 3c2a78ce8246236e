/** What all regions share: a header, and knowing whether an element around them shows them or they show themselves. */
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';

/** An element that has places for regions in its own layout, each in the slot of the region's name. */
export interface HasRegions {
  readonly regions: readonly string[];
}

const regionsOf = (element: Element | null): readonly string[] =>
  element !== null && 'regions' in element ? (element as Element & HasRegions).regions : [];

export abstract class Region extends CrowdElement {
  @text({ reflect: true }) header = '';

  /** The slot of crowd-form for this region; empty where it stands among the form's content. */
  protected readonly formSlot: string = '';

  /** The element around this region gives it its place. */
  protected get isPlaced(): boolean {
    return regionsOf(this.parentElement).includes(this.localName);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.place();
    const { parentElement: parent } = this;
    // The element around may come after its regions.
    if (parent?.matches(':not(:defined)')) void customElements.whenDefined(parent.localName).then(() => this.place());
  }

  private place(): void {
    if (this.isPlaced) this.slot = this.localName;
    else if (this.formSlot !== '' && this.parentElement?.localName === 'crowd-form') this.slot = this.formSlot;
    this.requestUpdate();
  }

  protected override updated(): void {
    if (this.isPlaced) this.parentElement?.dispatchEvent(new Event('region-changed'));
  }
}
