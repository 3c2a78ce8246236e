/**
 * F6 goes from part to part of a tool: from the stage to the buttons, the pane beside it and the footer, and back with Shift.
 * It is the way out of a stage on which Tab has many stops.
 */
import type { Hint } from './shortcuts.ts';

export const PART_KEYS: Hint = { keys: 'F6, Shift + F6', does: 'Go to the next, previous part of the tool: the work, the buttons, the list beside it, the footer' };

export const isPartKey = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => key === 'F6' && !ctrlKey && !altKey && !metaKey;

/** The parts in their order: each is the first of these that it matches. */
const ORDER = ['.stage, .target', '.headerContainer', ':not(footer, .awsui-app-layout__navigation)', '.awsui-app-layout__navigation', 'footer'];
const FOCUSABLE = 'button, a[href], input, textarea, select, audio[controls], video[controls], [tabindex="0"]';
/** Where a part is entered, if not at its first control. */
const ENTRY = '.surface, [role=option][tabindex="0"]';

const canFocus = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [tabindex="-1"]');

function entryOf(part: Element): HTMLElement | undefined {
  const controls = [part as HTMLElement, ...part.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((control) => control.matches(FOCUSABLE) && canFocus(control));
  return controls.find((control) => control.matches(ENTRY)) ?? controls[0];
}

const rank = (part: Element): number => ORDER.findIndex((selector) => part.matches(selector));

/** Focuses the next or previous part, from outside the first one; false past either end, where the browser goes on. */
export function stepPart(root: ShadowRoot | null, step: 1 | -1): boolean {
  const parts = [...(root?.querySelector('.layout')?.children ?? [])].sort((a, b) => rank(a) - rank(b));
  const stops = parts.flatMap((part) => {
    const entry = entryOf(part);
    return entry ? [{ part, entry }] : [];
  });
  const active = root?.activeElement ?? null;
  const at = stops.findIndex(({ part }) => part.contains(active));
  const next = at === -1 ? (step === 1 ? 0 : -1) : at + step;
  stops[next]?.entry.focus();
  return stops[next] !== undefined;
}
