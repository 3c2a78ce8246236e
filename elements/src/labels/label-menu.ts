/**
 * The menu of labels at a place of the stage: type the beginning of a name, Enter, on with the work.
 *
 * It draws itself, apart from the tool around it: a letter that is typed has to be seen at once, whatever the tool holds.
 */
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../base/icons.ts';
import { keepFocus } from '../base/keep-focus.ts';
import type { Aim } from '../tool/aiming.ts';
import type { Work } from '../tool/work.ts';
import { keyBadge } from './key.ts';
import type { Label } from './label.ts';
import type { LabelKeys } from './label-keys.ts';
import { LabelSearch, type Found } from './label-search.ts';

/** More rows than this are found faster by a letter. */
const MOST_ROWS = 50;
/** How far Page Up and Page Down go. */
const PAGE = 8;
/** How near to the edge of the window it may stand. */
const MARGIN = 8;

type Parts = {
  readonly work: Work;
  readonly keys: LabelKeys;
  /** The labels of this picture. */
  readonly used: () => readonly string[];
  /** Gives the focus back to the stage. */
  readonly leave: () => void;
};

export class LabelMenu {
  private element: HTMLElement | undefined;
  private aim: Aim | undefined;
  private query = '';
  /** The row that Enter chooses. */
  private row = 0;
  private search = new LabelSearch([]);
  private found: Found = { shown: [], left: 0 };
  private before: readonly string[] = [];

  constructor(private readonly parts: Parts) {}

  attach(element: HTMLElement): void {
    this.element = element;
    // Above all else on the page, where the browser has such a layer.
    element.popover = 'manual';
    element.addEventListener('keydown', this.onKey);
    element.addEventListener('focusout', this.onFocusOut);
  }

  get isOpen(): boolean {
    return this.aim !== undefined;
  }

  /** Opens it for this; with a finger, the keyboard of the screen stays away until the field is touched. */
  open(aim: Aim, isTouch: boolean): void {
    const { work, used } = this.parts;
    const { element } = this;
    if (!element) return;
    if (this.search.list !== work.labels.list) this.search = new LabelSearch(work.labels.list);
    this.aim = aim;
    this.before = [...work.labels.recent, ...used()];
    this.find('');
    element.hidden = false;
    // Older browsers do not know the selector, either.
    if ('showPopover' in element && !element.matches(':popover-open')) element.showPopover();
    this.place(element, aim);
    (isTouch ? element : element.querySelector('input'))?.focus({ preventScroll: true });
    window.addEventListener('pointerdown', this.onPress, { capture: true });
    window.addEventListener('resize', this.onResize);
  }

  close(isLeaving = false): void {
    const { element } = this;
    if (!element || !this.isOpen) return;
    this.aim = undefined;
    window.removeEventListener('pointerdown', this.onPress, { capture: true });
    window.removeEventListener('resize', this.onResize);
    if (isLeaving) this.parts.leave();
    element.hidePopover?.();
    element.hidden = true;
    render(nothing, element);
  }

  /** Beside the place, on the side of it where there is room. */
  private place(element: HTMLElement, { place }: Aim): void {
    const { offsetWidth: width, offsetHeight: height } = element;
    const { innerWidth, innerHeight } = window;
    const left = place.x + width + MARGIN <= innerWidth ? place.x : place.x - width;
    const top = place.y + height + MARGIN <= innerHeight ? place.y : place.y - height;
    element.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
    element.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
  }

  private find(query: string): void {
    this.query = query;
    this.found = this.search.find(query, this.before, MOST_ROWS);
    this.go(0);
  }

  private go(row: number): void {
    const { length } = this.found.shown;
    this.row = length === 0 ? 0 : (row + length) % length;
    if (!this.element) return;
    render(this.template(), this.element);
    this.element.querySelector('li.active')?.scrollIntoView({ block: 'nearest' });
  }

  private choose({ name }: Label): void {
    const { work } = this.parts;
    this.close(true);
    // A script may have taken it away meanwhile.
    if (work.labels.has(name)) work.chooseLabel(name);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    // What is typed with an input method is not done yet. With Ctrl, Enter submits the form.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const page = { PageDown: PAGE, PageUp: -PAGE }[event.key];
    const last = this.found.shown.length - 1;
    if (step !== undefined) this.go(this.row + step);
    else if (page !== undefined) this.go(Math.max(0, Math.min(this.row + page, last)));
    else if (event.key === 'Escape' || event.key === 'Tab') this.close(true);
    else if (event.key === 'Enter') {
      const label = this.found.shown[this.row];
      if (label) this.choose(label);
    } else {
      // Keys that are typed while the field has not got the focus are meant for it.
      if (event.key.length === 1) this.element?.querySelector('input')?.focus({ preventScroll: true });
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !this.element?.contains(relatedTarget)) this.close();
  };

  /** A press elsewhere closes it; on the stage it does no more than that, so that nothing is drawn by it. */
  private readonly onPress = (event: PointerEvent): void => {
    const path = event.composedPath();
    if (this.element && path.includes(this.element)) return;
    const isOnStage = path.some((node) => node instanceof Element && node.matches('.surface')) && path.includes(this.element?.getRootNode() as Node);
    this.close(isOnStage);
    if (!isOnStage) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  private readonly onResize = (): void => this.close(true);

  private template(): TemplateResult {
    const { shown, left } = this.found;
    const { active } = this.parts.work.labels;
    const words = this.aim?.words ?? '';
    return html`
      <div class="search">
        ${icon('search')}
        <input
          type="text"
          role="combobox"
          aria-label=${words}
          aria-autocomplete="list"
          aria-controls="label-menu-rows"
          aria-expanded="true"
          aria-activedescendant=${shown.length > 0 ? `label-menu-${this.row}` : nothing}
          placeholder=${words}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          enterkeyhint="done"
          .value=${this.query}
          @input=${this.onInput}
        />
      </div>
      <ul id="label-menu-rows" role="listbox" aria-label="Labels">${repeat(
        shown,
        ({ name }) => name,
        (label, index) => this.option(label, index, active),
      )}</ul>
      ${left > 0 || shown.length === 0
        ? html`<p role="status">${shown.length === 0 ? `No label contains “${this.query}”.` : `${left.toLocaleString('en')} more: type to find them.`}</p>`
        : nothing}
    `;
  }

  private option(label: Label, index: number, active: string): TemplateResult {
    const { work, keys } = this.parts;
    const key = keys.of(label.name);
    const isRow = index === this.row;
    return html`
      <li
        id="label-menu-${index}"
        class="${isRow ? 'active' : ''} ${label.name === active ? 'current' : ''}"
        role="option"
        aria-selected=${String(isRow)}
        aria-keyshortcuts=${key ?? nothing}
        title=${label.full}
        @mousedown=${keepFocus}
        @pointermove=${() => index !== this.row && this.go(index)}
        @click=${() => this.choose(label)}
      >
        <span class="swatch" style="background:${work.labels.colorOf(label.name)}"></span>
        <span class="name">${label.full}</span>
        ${keyBadge(key)}
      </li>
    `;
  }

  private readonly onInput = (event: InputEvent): void => {
    // No input of the worker's: it would count as a change of the answer.
    event.stopPropagation();
    this.find((event.target as HTMLInputElement).value);
  };
}
