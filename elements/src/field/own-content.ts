/**
 * Which of an element's children are its label, and which only stand in it because a template closed it as `<crowd-… />`: HTML knows
 * no self-closed elements, so such a tag holds all that follows it. The label ends where something begins that a worker uses by
 * itself; from there on everything is shown after the element.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const USED = 'input, select, textarea, button, label, form, fieldset, details, iframe, audio, video, table';

const isUsed = (element: Element): boolean => element.matches(USED) || element.localName.startsWith('crowd-');

const holdsUse = (node: ChildNode): boolean => node instanceof Element && (isUsed(node) || [...node.querySelectorAll('*')].some(isUsed));

/** The children that are the label, and the rest. */
export function split(children: readonly ChildNode[]): { own: ChildNode[]; rest: ChildNode[] } {
  const end = children.findIndex(holdsUse);
  return end < 0 ? { own: [...children], rest: [] } : { own: children.slice(0, end), rest: children.slice(end) };
}

/** Assigns the children to the slots `.own` and `.rest` of a shadow root whose slots are assigned by hand: the children stay as they are. */
export class OwnContent implements ReactiveController {
  private readonly observer = new MutationObserver(() => this.host.requestUpdate());

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  /** The words of the label. */
  get words(): string {
    return split([...this.host.childNodes]).own.map(({ textContent }) => textContent ?? '').join(' ');
  }

  hostConnected(): void {
    this.observer.observe(this.host, { childList: true });
  }

  hostDisconnected(): void {
    this.observer.disconnect();
  }

  hostUpdated(): void {
    const { own, rest } = split([...this.host.childNodes]);
    this.assign('.own', own);
    this.assign('.rest', rest);
  }

  private assign(slot: string, nodes: readonly ChildNode[]): void {
    const assignable = nodes.filter((node): node is Element | Text => node instanceof Element || node instanceof Text);
    this.host.shadowRoot?.querySelector<HTMLSlotElement>(`slot${slot}`)?.assign(...assignable);
  }
}
