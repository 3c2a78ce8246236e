/** What every crowd element shares: the look, and the right to be moved inside the page without starting over. */
import { LitElement, type CSSResultGroup } from 'lit';
import { tokens } from './tokens.styles.ts';

export abstract class CrowdElement extends LitElement {
  static override styles: CSSResultGroup = [tokens];

  /**
   * crowd-form moves what would start over (a frame, a player) with `moveBefore`; having this callback makes the browser
   * spare an element that is moved along its disconnect and connect.
   */
  connectedMoveCallback(): void {}
}
