/** The one channel of this page, and what its worker likes. */
import { PortalLink } from './portal-link.ts';
import { Preferences } from './preferences.ts';

export const link = new PortalLink(window);

/** Of this page's worker in this flow definition. */
export const preferences = new Preferences((name, value) => void link.send({ type: 'preference', name, value }));

link.watch((message) => message.type === 'preferences' && preferences.take(message.preferences));
