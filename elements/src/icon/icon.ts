/** An icon by the name that a template gives it, wherever an element shows one. */
import { css, html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { reportBroken } from '../base/broken-picture.ts';
import { link } from '../frame/link.ts';
import { drawingOf, fetched } from './drawings.ts';
import { meaningOf } from './name.ts';

export const iconStyles = css`
  .icon,
  .button .icon {
    display: block;
    fill: currentcolor;
    flex: none;
    height: var(--iron-icon-height, 24px);
    object-fit: contain;
    stroke: none;
    width: var(--iron-icon-width, 24px);
  }
`;

/** Stands where there is no icon of the name. */
const UNKNOWN = '<path d="M4 4h16v16H4zm2 2v12h12V6z"/>';

const unknown = new Set<string>();

function reportUnknown(name: string): void {
  if (unknown.has(name)) return;
  unknown.add(name);
  void link.send({ type: 'error', message: `There is no icon "${name}".` });
}

const drawn = (drawing: string): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" .innerHTML=${drawing}></svg>`;

/** The icon as far as it has come; `host` is asked to render again when it has. */
export function icon(host: ReactiveControllerHost, text: string): TemplateResult | typeof nothing {
  const meaning = meaningOf(text);
  if (meaning === undefined) return nothing;
  if ('address' in meaning) return html`<img class="icon" src=${meaning.address} alt="" @error=${reportBroken} />`;
  const drawing = drawingOf(meaning.name);
  if (drawing === undefined) void fetched(meaning.name).then(() => drawingOf(meaning.name) !== undefined && host.requestUpdate());
  if (drawing === null) reportUnknown(meaning.name);
  return drawn(drawing ?? (drawing === null ? UNKNOWN : ''));
}
