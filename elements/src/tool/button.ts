/** A button of a tool's bar: an icon, its name, and the keys that do the same. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../base/icons.ts';

type Button = { id: string; icon: IconName; title: string; keys: string; run: () => void; disabled?: boolean; pressed?: boolean };

export const button = ({ id, icon: name, title, keys, run, disabled, pressed }: Button): TemplateResult => html`
  <button
    id=${id}
    class="button quiet"
    type="button"
    title="${title} (${keys.replace('Control', 'Ctrl')})"
    aria-label=${title}
    aria-keyshortcuts=${keys}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    ?disabled=${disabled ?? false}
    @click=${run}
  >
    ${icon(name)}
  </button>
`;
