/**
 * What to do, said at a field of the template's own: below it on the page, and to who hears the field.
 *
 * The message must stand in the light tree, because a field can be described only by what is in its own tree. It is there from a
 * submission that failed until the field is right, behind the words that belong to the field.
 */
import { html, type TemplateResult } from 'lit';
import { CrowdElement } from '../base/crowd-element.ts';
import { isTick, nameOf } from './fields.ts';
import { messageStyles } from './message.styles.ts';
import type { Problem } from './problems.ts';
import { groupAround } from './words.ts';

const TAG = 'secondlook-message';

class FieldMessage extends CrowdElement {
  static override styles = [CrowdElement.styles, messageStyles];

  protected override render(): TemplateResult {
    return html`<slot class="message"></slot>`;
  }
}

let count = 0;

/** Says it at the fields of the problem; answers how to take it away again. */
export function sayAt({ fields, reason }: Problem): () => void {
  if (reason === undefined) return () => {};
  if (!customElements.get(TAG)) customElements.define(TAG, FieldMessage);
  const message = document.createElement(TAG);
  message.id = `${TAG}-${(count += 1)}`;
  message.textContent = reason;
  const [first] = fields;
  if (first.getClientRects().length > 0) placeOf(first).after(message);
  const undo = fields.map((field) => describe(field, message.id));
  return () => {
    message.remove();
    for (const takeBack of undo) takeBack();
  };
}

/** Marks the field as wrong and described by the message, beside what the template says of it. */
function describe(field: HTMLElement, id: string): () => void {
  const idsOf = (): string[] => field.getAttribute('aria-describedby')?.split(/\s+/).filter(Boolean) ?? [];
  const isOurs = !field.hasAttribute('aria-invalid');
  if (isOurs) field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', [...idsOf(), id].join(' '));
  return () => {
    if (isOurs) field.removeAttribute('aria-invalid');
    const others = idsOf().filter((other) => other !== id);
    if (others.length > 0) field.setAttribute('aria-describedby', others.join(' '));
    else field.removeAttribute('aria-describedby');
  };
}

/** Behind which node the message of a field stands: below the question of a group, or behind the field and its words. */
function placeOf(field: HTMLElement): ChildNode {
  if (!isTick(field)) return behind(field);
  const legend = groupAround(field)?.querySelector(':scope > legend');
  return legend ?? behind(lastOf(field));
}

/** The last box or button of the question that stands beside this one. */
function lastOf(tick: HTMLInputElement): HTMLInputElement {
  const root = tick.form ?? (tick.getRootNode() as ParentNode);
  const members = [...root.querySelectorAll<HTMLInputElement>(`input[type=${tick.type}]`)].filter((other) => nameOf(other) === tick.name);
  return tick.name === '' ? tick : (members.at(-1) ?? tick);
}

function behind(field: HTMLElement): ChildNode {
  let last: ChildNode = field.closest('label') ?? field;
  for (let next = last.nextSibling; next !== null && belongsTo(next, field); next = next.nextSibling) last = next;
  return last;
}

const belongsTo = (node: Node, field: HTMLElement): boolean => node instanceof Text || (node instanceof HTMLLabelElement && node.control === field);
