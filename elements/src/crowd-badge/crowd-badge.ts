/** A small mark at the corner of another element (`a2i-facts/crowd-elements/layout-and-misc.md`, "crowd-badge"). */
import { html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CrowdElement } from '../base/crowd-element.ts';
import { loader } from '../loading/page-loader.ts';
import { Attachment } from './attachment.ts';
import { styles } from './crowd-badge.styles.ts';

/** An icon that is an address and no name of the icon set. */
const ADDRESS = /[/.]|^data:/;

/** @slot - what a self-closed tag has swallowed; it is shown where it stands */
export class CrowdBadge extends CrowdElement {
  static override styles = [CrowdElement.styles, styles];

  /** The id of the element that it marks. */
  @property({ attribute: 'for' }) htmlFor = '';

  /** Its text, three characters at most if it should stay small. */
  @property() label = '';

  /** A name of the icon set, or the address of a picture; goes before the label. */
  @property() icon = '';

  @query('.badge') private readonly badge!: HTMLElement;

  private readonly attachment = new Attachment(
    () => this.badge,
    () => (this.getRootNode() as Document | ShadowRoot).getElementById(this.htmlFor),
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
    // The icon set comes when an icon is used.
    loader.watch(this.renderRoot);
    this.attachment.start();
  }

  protected override updated(): void {
    this.attachment.place();
  }

  protected override render(): TemplateResult {
    return html`<span class="badge" ?hidden=${!this.label && !this.icon}>${this.renderMark()}</span><slot></slot>`;
  }

  private renderMark(): TemplateResult | string {
    const { icon, label } = this;
    if (ADDRESS.test(icon)) return html`<img src=${icon} alt=${label} />`;
    return icon ? html`<iron-icon icon=${icon}></iron-icon>${label ? html`<span class="words">${label}</span>` : nothing}` : label;
  }
}
