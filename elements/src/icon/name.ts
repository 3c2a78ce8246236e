/** What a template means by `icon`: a name of iron-icons, with or without the set that it is of, or the address of a picture. */

/** The sets into which iron-icons divides its names; each name is in one of them only. */
const SETS = /^(?:icons|av|communication|device|editor|hardware|image|maps|notification|places|social):/;

const NAME = /^[a-z0-9-]+$/;

export type Meaning = { readonly name: string } | { readonly address: string };

/** Reads an `icon`; undefined where it says nothing. */
export function meaningOf(icon: string): Meaning | undefined {
  const text = icon.trim();
  if (text === '') return undefined;
  const name = text.replace(SETS, '');
  return NAME.test(name) ? { name } : { address: text };
}
