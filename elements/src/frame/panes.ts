/** Which panes beside the work are open, as the worker left them; kept under one name, by pane. */
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import { preferences } from './link.ts';
import type { Json } from './protocol.ts';

const NAME = 'panes';

const readPanes = (kept: Json | undefined): JsonObject => (isJsonObject(kept) ? kept : {});

/** Is this pane to be open? Undefined while nobody has said so. */
export function keptPane(pane: string): boolean | undefined {
  const state = readPanes(preferences.get(NAME))[pane];
  return typeof state === 'boolean' ? state : undefined;
}

/** Calls with whether this pane is open: at once where that is known, and whenever it comes; answers how to stop that. */
export const followPane = (pane: string, listener: (isOpen: boolean) => void): (() => void) =>
  preferences.follow(NAME, (kept) => {
    const state = readPanes(kept)[pane];
    if (typeof state === 'boolean') listener(state);
  });

export function keepPane(pane: string, isOpen: boolean): void {
  preferences.set(NAME, { ...readPanes(preferences.get(NAME)), [pane]: isOpen });
}
