/**
 * The states of a page's fields, for drafts. What a draft holds for a field that is not there is kept until it is: a
 * template's script may add fields on a click, when another field changes, or when its data has arrived.
 */
import type { Json, PageState } from '../frame/protocol.ts';
import { fieldsOf, isSecret, isAnswerElement, isNative, isTick, SILENT_TYPES, type Native } from './fields.ts';
import { foreignValue, type Foreign } from './foreign-value.ts';

/** A script that makes a field anew whenever it is filled is not followed for ever. */
const MOST_TRIES = 10;

/** What the draft holds for one field, and into how many elements it has been put. */
type Kept = { readonly state: Json; tries: number };

export class FieldStates {
  private readonly kept = new Map<string, Kept>();
  private filled = new WeakSet<HTMLElement>();
  private isFilling = false;

  /** The state of every field, and of those that are still to come. */
  save(page: ParentNode): PageState {
    const fields: PageState['fields'] = {};
    for (const [key, element] of keyed(page)) {
      const state = stateOf(element);
      if (state !== undefined) fields[key] = state;
    }
    for (const [key, { state, tries }] of this.kept) if (tries === 0 || !(key in fields)) fields[key] = state;
    return { version: 1, fields };
  }

  /** Puts a draft's state back into the fields that are there, and into the others when `fill` finds them. */
  restore(page: ParentNode, { fields }: PageState): void {
    this.kept.clear();
    this.filled = new WeakSet();
    for (const [key, state] of Object.entries(fields)) this.kept.set(key, { state, tries: 0 });
    this.fill(page);
  }

  /** Fills the fields that have come since; filling one may bring others. */
  fill(page: ParentNode): void {
    if (this.kept.size === 0 || this.isFilling) return;
    this.isFilling = true;
    try {
      while (this.fillOnce(page));
    } finally {
      this.isFilling = false;
    }
  }

  /** The worker acts: from now on, a field that is filled and that they or a script remove stays removed. */
  settle(page: ParentNode): void {
    if (![...this.kept.values()].some(({ tries }) => tries > 0)) return;
    const elements = keyed(page);
    for (const [key, kept] of this.kept) {
      if (kept.tries > 0 && elements.has(key)) this.kept.delete(key);
      else kept.tries = 0;
    }
  }

  /** Somebody else than `fill` has changed this field: what the draft held for it has had its day. */
  changed(page: ParentNode, field: EventTarget | null): void {
    if (this.kept.size === 0 || this.isFilling) return;
    for (const [key, element] of keyed(page)) if (element === field) this.kept.delete(key);
  }

  /** The names of fields that are still to come and for which something was entered. */
  get missing(): string[] {
    const waiting = [...this.kept].filter(([, { state, tries }]) => tries === 0 && !isBlank(state));
    return [...new Set(waiting.map(([key]) => key.slice(0, key.lastIndexOf('#'))))];
  }

  private fillOnce(page: ParentNode): boolean {
    let hasFilled = false;
    for (const [key, element] of keyed(page)) {
      const kept = this.kept.get(key);
      // A field filled just before may have taken this one off the page; the next round finds its successor.
      if (!kept || kept.tries === MOST_TRIES || this.filled.has(element) || !element.isConnected || !canHold(element, kept.state)) continue;
      this.filled.add(element);
      kept.tries += 1;
      if (JSON.stringify(stateOf(element)) === JSON.stringify(kept.state)) continue;
      putBack(element, kept.state);
      hasFilled = true;
    }
    return hasFilled;
  }
}

/** Fields by `name#ordinal`, the ordinal counting fields of the same name. */
function keyed(page: ParentNode): Map<string, HTMLElement> {
  const seen = new Map<string, number>();
  return new Map(
    fieldsOf(page).map(({ name, element }) => {
      const ordinal = seen.get(name) ?? 0;
      seen.set(name, ordinal + 1);
      return [`${name}#${ordinal}`, element];
    }),
  );
}

const isBlank = (state: Json): boolean => !state || (typeof state === 'object' && Object.values(state).every(isBlank));

/** The options of a list may come after it. */
function canHold(element: HTMLElement, state: Json): boolean {
  if (!(element instanceof HTMLSelectElement) || !Array.isArray(state)) return true;
  const values = new Set([...element.options].map(({ value }) => value));
  return state.every((value) => values.has(String(value)));
}

function stateOf(element: HTMLElement): Json | undefined {
  if (isSecret(element)) return undefined;
  if (isAnswerElement(element)) return element.saveState();
  if (isTick(element)) return element.checked;
  // A chosen file cannot be put back.
  if (element instanceof HTMLInputElement && SILENT_TYPES.has(element.type)) return undefined;
  if (element instanceof HTMLSelectElement) return [...element.selectedOptions].map((option) => option.value);
  return (isNative(element) ? element.value : foreignValue(element)) ?? null;
}

function putBack(element: HTMLElement, state: Json): void {
  if (isAnswerElement(element)) return element.restoreState(state);
  if (isTick(element)) element.checked = state === true;
  else if (element instanceof HTMLSelectElement) {
    for (const option of element.options) option.selected = Array.isArray(state) && state.includes(option.value);
  } else (element as Native | Foreign).value = state as string;
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}
