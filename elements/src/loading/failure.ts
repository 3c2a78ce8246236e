/** What stands in the place of an element that did not come. */
import { css, html, render } from 'lit';
import { buttons } from '../base/button.styles.ts';
import { tokens } from '../base/tokens.styles.ts';

const styles = [
  tokens,
  buttons,
  css`
    /* It needs less room than what it stands for. */
    :host {
      min-height: 0 !important;
    }

    .failure {
      align-items: center;
      background: var(--paper-deep);
      display: flex;
      flex-direction: column;
      gap: 16px;
      min-height: 160px;
      justify-content: center;
      padding: 32px;
      text-align: center;
      visibility: visible;
    }

    .failure p {
      margin: 0;
      max-width: 560px;
      overflow-wrap: anywhere;
    }
  `,
];

export const failureOf = (tag: string): string =>
  `The element ${tag} could not be loaded: its script did not arrive. What was done so far is kept. If trying again does not help, open the task again.`;

/** Shows the failure in the element, which is not defined yet; answers how to take it away again. */
export function showFailure(element: HTMLElement, retry: () => void): () => void {
  // The element itself, once it is defined, renders into the same root.
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  const place = document.createElement('div');
  root.replaceChildren(place);
  root.adoptedStyleSheets = styles.map(({ styleSheet }) => styleSheet as CSSStyleSheet);
  render(
    html`<div class="failure" role="alert">
      <p>${failureOf(element.localName)}</p>
      <button class="button" type="button" @click=${retry}>Try again</button>
    </div>`,
    place,
  );
  return () => place.remove();
}
