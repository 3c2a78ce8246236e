/** Labelled spans of a text, with a form of its own (`a2i-facts/crowd-elements/text.md`, "crowd-entity-annotation"). */
import { css, html, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { NATIVE } from '../base/native.styles.ts';
import { text } from '../base/text-property.ts';
import { TextStage } from '../text/text-stage.ts';
import { textStyles } from '../text/text.styles.ts';
import { AnnotationTool } from '../tool/annotation-tool.ts';

/**
 * Answers `{entities: [{endOffset, label, startOffset}]}`, offsets in code points. Fields that a script appends to
 * `shadowRoot.querySelector('crowd-form').form`, and those that the element holds, are part of the same answer.
 */
export class CrowdEntityAnnotation extends AnnotationTool<TextStage> {
  static override styles = [
    AnnotationTool.styles,
    textStyles,
    css`
      ${unsafeCSS(NATIVE)}

      crowd-form > form {
        margin: 0;
      }

      crowd-form > form:not(:empty) {
        border-top: 1px solid var(--line);
        padding: 16px 24px 0;
      }
    `,
  ];

  /** What is to be annotated. */
  @text() text = '';

  /** Spans may lie over each other, unless this is `false`. */
  @text({ attribute: 'allow-overlap' }) allowOverlap = '';

  constructor() {
    super((host) => new TextStage(host));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('text')) this.stage.setText(String(this.text ?? ''));
    if (changed.has('allowOverlap')) this.stage.work.allowsOverlap = String(this.allowOverlap).trim().toLowerCase() !== 'false';
  }

  protected override render(): TemplateResult {
    return html`${super.render()}<crowd-form></crowd-form>`;
  }
}
