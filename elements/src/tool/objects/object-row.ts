/** One row of the list of objects: what it is of, and buttons that lock and hide it. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../../base/icons.ts';
import { keepFocus } from '../../base/keep-focus.ts';
import { isOnlyLooking } from '../../base/only-looking.ts';
import { percentage } from '../../labels/labels.ts';
import type { Item } from '../item-list.ts';
import { ROW_HEIGHT } from './object-list.styles.ts';
import type { Row } from './object-order.ts';
import type { Objects } from './objects.ts';

/** Where a row stands among all, and what happens at it. */
export type Place = {
  readonly at: number;
  readonly count: number;
  /** Tab leads to this one. */
  readonly isEntry: boolean;
  readonly onClick: (event: MouseEvent, id: number) => void;
  readonly onFocus: (id: number) => void;
};

export function objectRow<I extends Item>(objects: Objects<I>, { item, number }: Row<I>, { at, count, isEntry, onClick, onFocus }: Place): TemplateResult {
  const { id, label, score } = item;
  const name = objects.nameOf(label);
  const title = `${number}: ${name}`;
  return html`
    <li
      class="object ${objects.marks?.isHidden(id) ? 'out-of-sight' : ''}"
      data-id=${id}
      aria-setsize=${count}
      aria-posinset=${at + 1}
      style="transform:translateY(${at * ROW_HEIGHT}px)"
    >
      <button
        class="pick"
        type="button"
        tabindex=${isEntry ? 0 : -1}
        aria-pressed=${String(objects.isSelected(id))}
        title=${title}
        @mousedown=${keepFocus}
        @click=${(event: MouseEvent) => onClick(event, id)}
        @focus=${() => onFocus(id)}
      >
        <span class="swatch" style="background:${objects.colorOf(item)}"></span>
        <span class="label"><span class="total">${number}</span> ${name}</span>
        ${score === undefined ? nothing : html`<span class="score">${percentage(score)}</span>`}
        <span class="where">${objects.where(item)}</span>
      </button>
      ${objects.marks ? markButtons(objects.marks, id, title) : nothing}
    </li>
  `;
}

const markButtons = (marks: NonNullable<Objects['marks']>, id: number, what: string): TemplateResult => {
  const [isLocked, isHidden] = [marks.isLocked(id), marks.isHidden(id)];
  // Who only looks changes nothing that a lock would keep.
  return html`
    ${isOnlyLooking() ? nothing : markButton(isLocked ? 'lock' : 'unlock', isLocked ? 'Unlock (U)' : 'Lock (U)', `Lock ${what}`, isLocked, () => marks.toggleLocked([id]))}
    ${markButton(isHidden ? 'eyeOff' : 'eye', isHidden ? 'Show' : 'Hide (Shift+H)', `Hide ${what}`, isHidden, () => marks.toggleHidden([id]))}
  `;
};

const markButton = (drawing: IconName, title: string, name: string, isOn: boolean, toggle: () => void): TemplateResult => html`
  <button class="button quiet" type="button" tabindex="-1" title=${title} aria-label=${name} aria-pressed=${String(isOn)} @mousedown=${keepFocus} @click=${toggle}>
    ${icon(drawing)}
  </button>
`;
