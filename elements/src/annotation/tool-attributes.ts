/** The attributes of an image tool that hold JSON: read into its annotations, and what is wrong with them. */
import { link } from '../frame/link.ts';
import { AttributeError, readEach, readItems, readTexts } from './json-attributes.ts';
import type { Annotations, Shape } from './model/annotations.ts';
import type { ShapeKind } from './shape-kind.ts';

export const JSON_ATTRIBUTES = ['labels', 'label-colors', 'initial-value'];

export class ToolAttributes<S extends Shape> {
  private readonly errors = new Map<string, string>();

  constructor(
    private readonly tool: Element,
    private readonly kind: ShapeKind<S>,
    private readonly annotations: Annotations<S>,
  ) {}

  /** Why the task cannot be worked on; undefined when it can. */
  get error(): string | undefined {
    return this.errors.values().next().value;
  }

  read(name: string, text: string): void {
    try {
      this.errors.delete(name);
      if (name === 'initial-value') this.readInitial(text);
      else if (name === 'label-colors') this.annotations.colors = readTexts(name, text);
      else this.readLabels(text);
    } catch (error) {
      if (!(error instanceof AttributeError)) throw error;
      this.errors.set(name, error.message);
      void link.send({ type: 'error', message: error.message });
    }
  }

  private readLabels(text: string): void {
    const labels = readTexts('labels', text);
    this.annotations.labels = labels;
    // Templates read the attribute back and expect strict JSON there.
    const canonical = JSON.stringify(labels);
    if (text !== '' && text !== canonical) this.tool.setAttribute('labels', canonical);
  }

  /** One item that cannot be read is left out and reported; it does not cost the worker the others. */
  private readInitial(text: string): void {
    const items = readItems('initial-value', text, this.kind.answerKey);
    const initial = items && readEach(items, (item) => this.kind.read(item, this.annotations.newId()));
    this.annotations.setInitial(initial?.values, initial?.errors.length);
    if (!initial || initial.errors.length === 0) return;
    const count = `${initial.errors.length} of ${items?.length} items of the attribute initial-value cannot be read and were left out`;
    void link.send({ type: 'error', message: `${count}. ${initial.errors[0]}` });
  }
}
