/** The server of `secondlook demo` ends with the demo. Its link says so, and this tab remembers. */

const KEY = 'secondlook:demo';

export const DEMO_IS_OVER = 'The demo is over: its server has ended. You can close this page.';

/** To be called when a page opens. */
export function noteDemo(): void {
  if (new URLSearchParams(location.search).has('demo')) sessionStorage.setItem(KEY, 'yes');
}

export const isDemo = (): boolean => sessionStorage.getItem(KEY) !== null;
