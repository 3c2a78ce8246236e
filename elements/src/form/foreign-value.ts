/** What a template's own element holds, which may be anything that a script can make. */
import { link } from '../frame/link.ts';
import type { Json } from '../frame/protocol.ts';

/** A control from a template's own script: `object-value-input`, or an element with a value that takes part in forms or can be asked whether it is complete. */
export type Foreign = HTMLElement & { value?: unknown; validate?(): unknown; checkValidity?(): boolean };

const told = new WeakSet<HTMLElement>();

/** The value as JSON; undefined where there is none, and where it can be none, which the requester is told. */
export function foreignValue(element: Foreign): Json | undefined {
  const value = jsonOf(element.value);
  if (value === undefined && !told.has(element) && !holdsJson(element)) {
    told.add(element);
    const name = element.getAttribute('name') ?? '';
    void link.send({ type: 'error', message: `The value of <${element.localName} name="${name}"> cannot be written as JSON, so it is no part of an answer.` });
  }
  return value;
}

/** Could its value be part of an answer? */
export const holdsJson = ({ value }: Foreign): boolean => value === undefined || jsonOf(value) !== undefined;

/** As `JSON.stringify` writes it, which knows no functions, and refuses circles, windows and big integers. */
function jsonOf(value: unknown): Json | undefined {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
