/** The bar above the picture while predictions are checked one by one: how far that is, and what the keys do, as buttons. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../../base/icons.ts';
import { keepFocus } from '../../base/keep-focus.ts';
import { button } from '../../tool/button.ts';
import type { Verifying } from './verifying.ts';

export const verifyBarStyles = css`
  .verify {
    align-items: center;
    background: var(--paper);
    border-bottom: 1px solid var(--line);
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 4px 8px;
    min-height: 44px;
    padding: 4px 8px 4px 16px;
  }

  .verify .how-far {
    align-items: center;
    display: flex;
    flex: 1 1 auto;
    font-variant-numeric: tabular-nums;
    gap: 12px;
    min-width: 0;
  }

  .verify progress {
    accent-color: var(--accent);
    flex: 0 1 160px;
    height: 8px;
    min-width: 24px;
  }

  .verify .sentence:not(:empty) {
    flex: 1 1 240px;
  }

  .verify .buttons {
    display: flex;
    gap: 4px;
  }

  .verify .key {
    width: auto;
    padding: 0 5px;
  }

  @media (width <= 760px) {
    .verify {
      padding-left: 12px;
    }

    .verify .key {
      display: none;
    }
  }

  @media (width <= 520px) {
    .verify .button {
      gap: 4px;
      padding: 0 6px;
    }

    .verify progress,
    .verify .button svg {
      display: none;
    }
  }

  @media (pointer: coarse) {
    .verify .button {
      min-height: 44px;
    }
  }
`;

/** The button that begins it and ends it. */
export const verifyButton = (verifying: Verifying): TemplateResult | typeof nothing =>
  verifying.isOffered || verifying.isOn
    ? button({ id: 'verify', icon: 'success', title: 'Check one by one', keys: 'Q', pressed: verifying.isOn, disabled: verifying.hasToWait, run: () => verifying.toggle() })
    : nothing;

type Act = { readonly name: string; readonly icon: IconName; readonly key: string; readonly shortcut: string; readonly run: () => void };

export function verifyBar(verifying: Verifying): TemplateResult | typeof nothing {
  if (!verifying.isOn) return nothing;
  const { verification, noun } = verifying.predictions;
  const { checked, total } = verification.progress;
  const isAtEnd = verification.phase === 'rest';
  const { left } = verification;
  return html`
    <div class="verify" role="group" aria-label="Check one by one">
      ${isAtEnd
        ? nothing
        : html`<div class="how-far">
            <span>${checked} of ${total} checked</span>
            <progress max=${Math.max(total, 1)} value=${checked} aria-label="Checked ${noun.plural}"></progress>
          </div>`}
      <div class="sentence" aria-live="polite">${isAtEnd ? html`<b>Anything missing?</b> ${endOf(left, noun.singular, noun.plural)}` : nothing}</div>
      <div class="buttons">${isAtEnd ? atEnd(verifying, left) : atOne(verifying)}</div>
    </div>
  `;
}

const endOf = (left: number, singular: string, plural: string): string =>
  left > 0 ? `${left} ${left === 1 ? `${singular} is` : `${plural} are`} not checked yet.` : 'Draw it, then submit.';

const atOne = (verifying: Verifying): TemplateResult => html`
  ${act({ name: 'Keep', icon: 'check', key: 'Space', shortcut: 'Space', run: () => verifying.keep() })}
  ${act({ name: 'Delete', icon: 'trash', key: 'X', shortcut: 'X', run: () => verifying.remove() })}
  ${back(verifying)}
  ${act({ name: 'Leave', icon: 'close', key: 'Q', shortcut: 'Q', run: () => verifying.toggle() })}
`;

const atEnd = (verifying: Verifying, left: number): TemplateResult => html`
  ${left > 0 ? html`<button class="button" type="button" @mousedown=${keepFocus} @click=${() => verifying.begin()}>Check ${left} more</button>` : nothing}
  ${verifying.predictions.verification.isEmpty ? nothing : back(verifying)}
  ${act({ name: 'Close', icon: 'close', key: 'Q', shortcut: 'Q', run: () => verifying.toggle() })}
`;

const back = (verifying: Verifying): TemplateResult => act({ name: 'Back', icon: 'previous', key: 'K', shortcut: 'K', run: () => void verifying.back() });

const act = ({ name, icon: drawing, key, shortcut, run }: Act): TemplateResult => html`
  <button class="button quiet" type="button" title="${name} (${key})" aria-keyshortcuts=${shortcut} @mousedown=${keepFocus} @click=${run}>
    ${icon(drawing)} ${name} <span class="key" aria-hidden="true">${key}</span>
  </button>
`;
