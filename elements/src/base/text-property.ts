/** A property that holds text. */
import type { LitElement, PropertyDeclaration } from 'lit';
import { property } from 'lit/decorators.js';

/**
 * As of HTML's own elements, whatever a script sets becomes text; nothing, which an attribute leaves that is removed, is the
 * empty one.
 */
export const text =
  (options: PropertyDeclaration = {}) =>
  (proto: LitElement, name: string): void => {
    property(options)(proto, name);
    const { get, set } = Object.getOwnPropertyDescriptor(proto, name) as Required<PropertyDescriptor>;
    Object.defineProperty(proto, name, {
      get,
      set(value: unknown) {
        set.call(this, String(value ?? ''));
      },
      configurable: true,
      enumerable: true,
    });
  };
