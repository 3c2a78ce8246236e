/** What every crowd element shares: the look, the right to be moved inside the page, and what scripts did before it came. */
import { LitElement, type CSSResultGroup } from 'lit';
import { tokens } from './tokens.styles.ts';

export abstract class CrowdElement extends LitElement {
  static override styles: CSSResultGroup = [tokens];

  /** What a script set before the class was there, which would hide the accessors of the class. Reactive properties are Lit's to save. */
  private readonly early = takeEarly(this);

  override connectedCallback(): void {
    super.connectedCallback();
    for (const [name, value] of this.early) Reflect.set(this, name, value);
    this.early.clear();
  }

  /**
   * crowd-form moves what would start over (a frame, a player) with `moveBefore`; having this callback makes the browser
   * spare an element that is moved along its disconnect and connect.
   */
  connectedMoveCallback(): void {}
}

function takeEarly(element: Element): Map<string, unknown> {
  const early = new Map<string, unknown>();
  for (const [name, value] of Object.entries(element)) {
    if (!hasSetter(element, name)) continue;
    early.set(name, value);
    Reflect.deleteProperty(element, name);
  }
  return early;
}

function hasSetter(element: object, name: string): boolean {
  for (let proto: object | null = Object.getPrototypeOf(element); proto !== null; proto = Object.getPrototypeOf(proto)) {
    const property = Object.getOwnPropertyDescriptor(proto, name);
    if (property) return property.set !== undefined;
  }
  return false;
}
