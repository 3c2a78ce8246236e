/** The attributes of the element, each with its value to edit: those that it has, and those that it could have. */
import type { Attributes } from './example.ts';

export class AttributeList {
  private attributes: Attributes = {};
  private observed: readonly string[] = [];

  constructor(
    private readonly place: HTMLElement,
    /** An attribute has another value, null for none. */
    private readonly changed: (name: string, value: string | null) => void,
  ) {}

  get values(): Attributes {
    return this.attributes;
  }

  show(attributes: Attributes): void {
    this.attributes = { ...attributes };
    this.draw();
  }

  /** The attributes that the element says it looks at. */
  observe(names: readonly string[]): void {
    if (names.join() === this.observed.join()) return;
    this.observed = names;
    this.draw();
  }

  private draw(): void {
    const names = [...new Set([...Object.keys(this.attributes), ...this.observed])];
    this.place.replaceChildren(...names.map((name) => this.row(name)));
  }

  private row(name: string): HTMLElement {
    const value = this.attributes[name];
    const row = document.createElement('div');
    row.className = 'attribute';
    const isThere = Object.assign(document.createElement('input'), { type: 'checkbox', checked: value !== undefined, ariaLabel: `${name} is there` });
    const text = Object.assign(document.createElement('textarea'), { rows: 1, spellcheck: false, value: typeof value === 'string' ? value : '', ariaLabel: name });
    const set = (): void => {
      if (isThere.checked) this.attributes[name] = text.value;
      else delete this.attributes[name];
      this.changed(name, isThere.checked ? text.value : null);
    };
    isThere.addEventListener('change', set);
    text.addEventListener('input', () => {
      isThere.checked = true;
      set();
    });
    const label = document.createElement('code');
    label.textContent = name;
    row.append(isThere, label, text);
    return row;
  }
}
