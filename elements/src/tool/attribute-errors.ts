/** What is wrong with the attributes of a tool: kept for the worker, who cannot work then, and reported to the portal. */
import { AttributeError } from '../base/json-attributes.ts';
import { link } from '../frame/link.ts';

export class AttributeErrors {
  private readonly messages = new Map<string, string>();

  /** Why the task cannot be worked on; undefined when it can. */
  get first(): string | undefined {
    return this.messages.values().next().value;
  }

  /** Reads the attribute of this name; that it cannot be read is known from now on, or that it can. */
  reading(name: string, read: () => void): void {
    try {
      this.messages.delete(name);
      read();
    } catch (error) {
      if (!(error instanceof AttributeError)) throw error;
      this.messages.set(name, error.message);
      void link.send({ type: 'error', message: error.message });
    }
  }
}
