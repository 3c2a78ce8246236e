/** The one channel of this page. */
import { PortalLink } from './portal-link.ts';

export const link = new PortalLink(window);
