/** A classifier of any content: text, pictures, sounds, videos, documents, whatever the template puts into `classification-target`. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Hint } from '../tool/shortcuts.ts';
import { Classifier } from './classifier.ts';
import { playKey } from './media.ts';

/**
 * @slot classification-target - what is to be judged
 * @slot - without that region, the content itself is judged
 */
export abstract class ContentClassifier extends Classifier {
  static override styles = [
    Classifier.styles,
    css`
      .target {
        font-size: 16px;
        grid-area: surface;
        line-height: 24px;
        min-height: 0;
        overflow: auto;
        overflow-wrap: break-word;
        padding: 16px;
      }

      .target .notice {
        margin: 0;
      }
    `,
  ];

  override readonly regions = ['short-instructions', 'full-instructions', 'worker-comment', 'classification-target'];

  private readonly playing = [playKey(() => this)];

  protected override get stageKeys(): readonly Hint[] {
    return this.playing;
  }

  protected override renderTools(): typeof nothing {
    return nothing;
  }

  protected override renderStage(): TemplateResult {
    const error = this.errors.first;
    return html`
      <div class="target stage-focus" tabindex="0" role="region" aria-label=${this.header || 'To judge'}>
        ${error === undefined ? html`<slot name="classification-target"></slot>` : html`<p class="notice" role="alert">${error}</p>`}
        ${this.hasTarget ? nothing : html`<slot></slot>`}
      </div>
    `;
  }

  protected override renderOtherContent(): TemplateResult | typeof nothing {
    return this.hasTarget ? super.renderOtherContent() : nothing;
  }

  private get hasTarget(): boolean {
    return this.querySelector(':scope > classification-target') !== null;
  }

  protected override attach(): void {
    this.takeFirstFocus();
  }
}
