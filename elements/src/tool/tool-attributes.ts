/** The attributes of a tool that hold JSON: read into its work, and what is wrong with them. */
import { readList, readTexts } from '../base/json-attributes.ts';
import { link } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';
import { readLabels } from '../labels/label.ts';
import { AttributeErrors } from './attribute-errors.ts';
import type { Work } from './work.ts';

export const JSON_ATTRIBUTES = ['labels', 'label-colors', 'initial-value'];

export class ToolAttributes {
  /** The labels as the template gave them: texts, or objects. */
  labels: readonly Json[] = [];
  private readonly errors = new AttributeErrors();

  constructor(
    private readonly tool: Element,
    private readonly work: Work,
  ) {}

  /** Why the task cannot be worked on; undefined when it can. */
  get error(): string | undefined {
    return this.errors.first;
  }

  read(name: string, text: string): void {
    this.errors.reading(name, () => {
      if (name === 'initial-value') this.readInitial(text);
      else if (name === 'label-colors') this.work.labels.colors = readTexts(name, text);
      else this.readLabels(text);
    });
  }

  private readLabels(text: string): void {
    const labels = readList('labels', text).map((item) => (typeof item === 'number' ? String(item) : item));
    this.work.labels.list = readLabels(labels);
    this.labels = labels;
    // Templates read the attribute back and expect strict JSON there.
    const canonical = JSON.stringify(labels);
    if (text !== '' && text !== canonical) this.tool.setAttribute('labels', canonical);
  }

  /** One item that cannot be read is left out and reported; it does not cost the worker the others. */
  private readInitial(text: string): void {
    const { length, errors } = this.work.readInitial(text);
    if (errors.length === 0) return;
    const count = `${errors.length} of ${length} items of the attribute initial-value cannot be read and were left out`;
    void link.send({ type: 'error', message: `${count}. ${errors[0]}` });
  }
}
