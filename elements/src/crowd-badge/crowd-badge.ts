/** A small mark at the corner of another element (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-badge"). */
import { html, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';
import { icon, iconStyles } from '../icon/icon.ts';
import { Attachment } from './attachment.ts';
import { styles } from './crowd-badge.styles.ts';

/** @slot - what a self-closed tag has swallowed; it is shown where it stands */
export class CrowdBadge extends CrowdElement {
  static override styles = [CrowdElement.styles, iconStyles, styles];

  /** The id of the element that it marks. */
  @text({ attribute: 'for' }) htmlFor = '';

  /** Its text, three characters at most if it should stay small. */
  @text() label = '';

  /** A name of the icon set, or the address of a picture; goes before the label. */
  @text() icon = '';

  @query('.badge') private readonly badge!: HTMLElement;

  private readonly attachment = new Attachment(
    () => this.badge,
    () => this.target,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.attachment.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.attachment.stop();
  }

  protected override firstUpdated(): void {
    if (this.isConnected) this.attachment.start();
  }

  protected override updated(): void {
    if (this.isConnected) this.attachment.place();
  }

  /** What it marks; off the page there is nothing to mark. */
  private get target(): Element | null {
    const root = this.getRootNode();
    return root instanceof Document || root instanceof ShadowRoot ? root.getElementById(this.htmlFor) : null;
  }

  protected override render(): TemplateResult {
    const { label } = this;
    const words = this.icon ? html`<span class="words">${label}</span>` : label;
    return html`<span class="badge" ?hidden=${!label && !this.icon}>${icon(this, this.icon)}${words}</span><slot></slot>`;
  }
}
