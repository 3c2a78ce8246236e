/** Where the chunks are: beside the script that runs now. */

/** The bundle's name, which its address ends in whatever the template calls it. */
const NAME = /\/crowd-html-elements\.js(\?|$)/;

/**
 * The address of this script, to be asked for while it runs for the first time. A script of another origin may not import
 * by relative addresses, and a module or one that a script fetched is no `currentScript`.
 */
export function ownAddress({ currentScript }: Document): string {
  if (currentScript instanceof HTMLScriptElement && NAME.test(currentScript.src)) return currentScript.src;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  return loaded.findLast((name) => NAME.test(name)) ?? document.baseURI;
}
