/** What a worker should know who comments on a choice (`a2i-facts/crowd-elements/image-annotation.md`, "crowd-image-classifier"). */
import { css, html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { text } from '../base/text-property.ts';
import { Region } from './region.ts';

export class WorkerComment extends Region {
  static override styles = [
    CrowdElement.styles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  /** The words of the link that opens the comment. */
  @text({ attribute: 'link-text' }) linkText = '';

  @text() placeholder = '';

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
