/** A button that may submit or reset the form, or lead elsewhere (`a2i-facts/crowd-elements/form-and-inputs.md`). */
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../base/text-property.ts';
import { OwnContent } from '../field/own-content.ts';
import { formOf, formsOf, type PageForm } from '../form/page-forms.ts';
import { icon } from '../icon/icon.ts';
import { PressElement } from '../press/press-element.ts';

/** How a button of each variant looks; any other is `normal`. */
const LOOKS: Record<string, string> = { primary: 'primary', normal: '', link: 'link', icon: 'quiet' };

/**
 * Its action comes after a template's click handlers and only if none prevents it, because it is the browser's own: the button submits
 * a form inside, which asks the `crowd-form`.
 *
 * @slot - the words on it; from the first field, button or player on, what a self-closed tag swallows, which is shown after it
 */
export class CrowdButton extends PressElement {
  static override shadowRootOptions: ShadowRootInit = { ...PressElement.shadowRootOptions, slotAssignment: 'manual' };
  static override styles = [
    PressElement.styles,
    css`
      :host {
        display: inline-block;
        margin-block: 2px;
        max-width: 100%;
        vertical-align: middle;
      }

      form {
        display: inline;
      }

      .button {
        --iron-icon-height: 18px;
        --iron-icon-width: 18px;
        max-width: 100%;
        overflow-wrap: anywhere;
        padding-block: 5px;
        text-decoration: none;
        white-space: normal;
      }

      .button.link {
        text-decoration: underline;
      }

      .button.end {
        flex-direction: row-reverse;
      }

      .button.waits {
        cursor: default;
        opacity: 0.55;
      }

      .spinner {
        animation: turn 800ms linear infinite;
        border: 2px solid;
        border-inline-end-color: transparent;
        border-radius: 50%;
        height: 16px;
        width: 16px;
      }

      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
    `,
  ];

  /** `submit` or `reset`; without one the button does nothing by itself. */
  @text({ attribute: 'form-action', reflect: true, useDefault: true }) formAction = '';

  /** `primary`, `normal`, `link` or `icon`. */
  @text({ reflect: true, useDefault: true }) variant = 'normal';

  /** Cannot be pressed, and shows that something is going on. */
  @property({ type: Boolean, reflect: true }) loading = false;

  /** Where it leads, as a link. */
  @text() href = '';

  /** The frame or window in which that opens. */
  @text() target = '';

  /** On which side of the words the icon stands: `left` or `right`. */
  @text({ attribute: 'icon-align' }) iconAlign = 'left';

  /** The address of a picture, instead of a name. */
  @text({ attribute: 'icon-url' }) iconUrl = '';

  private readonly content = new OwnContent(this);

  private get action(): string {
    return this.formAction.trim().toLowerCase();
  }

  /** The form around the button; a button outside of all acts on that of the page. */
  private get form(): PageForm | undefined {
    return formOf(this) ?? formsOf(this.ownerDocument)[0];
  }

  private readonly act = (event: Event): void => {
    event.preventDefault();
    const { form } = this;
    if (this.action === 'reset') form?.reset();
    // As a button of HTML's own asks: one that a handler has just submitted is not submitted twice.
    else form?.form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: this }));
  };

  protected override render(): TemplateResult {
    return html`${this.href && !this.action ? this.link() : this.action ? html`<form @submit=${this.act}>${this.button('submit')}</form>` : this.button('button')}
      <slot class="rest"></slot>`;
  }

  private get look(): string {
    return `button ${LOOKS[this.variant.toLowerCase()] ?? ''} ${this.iconAlign === 'right' ? 'end' : ''} ${this.loading ? 'waits' : ''}`;
  }

  private get spokenName(): string | typeof nothing {
    const hasWords = this.content.words.trim() !== '';
    return this.getAttribute('aria-label') || (hasWords ? nothing : this.title || this.icon || this.action || nothing);
  }

  private button(type: 'submit' | 'button'): TemplateResult {
    return html`<button
      id="control"
      class=${this.look}
      type=${type}
      aria-label=${this.spokenName}
      aria-busy=${this.loading ? 'true' : nothing}
      ?disabled=${this.isDisabled || this.loading}
    >
      ${this.face()}
    </button>`;
  }

  private link(): TemplateResult {
    const waits = this.isDisabled || this.loading;
    return html`<a
      id="control"
      class="${this.look} ${waits ? 'waits' : ''}"
      href=${waits ? nothing : this.href}
      target=${this.target || nothing}
      rel="noopener"
      role=${waits ? 'link' : nothing}
      aria-disabled=${waits ? 'true' : nothing}
      aria-label=${this.spokenName}
      >${this.face()}</a
    >`;
  }

  private face(): TemplateResult {
    return html`${this.loading ? html`<span class="spinner"></span>` : icon(this, this.iconUrl || this.icon)}<slot class="own"></slot>`;
  }
}
