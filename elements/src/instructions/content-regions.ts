/** Regions that only hold content, for which an element around them has a place. Without one around, they show it where they stand. */
import { css, html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { Region } from './region.ts';

abstract class ContentRegion extends Region {
  static override styles = [
    CrowdElement.styles,
    css`
      :host {
        /* As the place and the page around it have them. */
        color: inherit;
        display: block;
        font: inherit;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

/** What is to be judged: any content, in a classifier. */
export class ClassificationTarget extends ContentRegion {}

export class ShortSummary extends ContentRegion {}
export class DetailedInstructions extends ContentRegion {}
export class PositiveExample extends ContentRegion {}
export class NegativeExample extends ContentRegion {}
