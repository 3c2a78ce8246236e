/** The keys that a task asks for, with the names under which a form may have them. Knows no DOM. */
import { AttributeError, readEach, readItems, readText } from '../base/json-attributes.ts';

export type WantedKey = { readonly key: string; readonly aliases: readonly string[] };

/** `[{importantFormKey, importantFormKeyAliases}]`; a text alone is a key without aliases. */
export function readWantedKeys(text: string): readonly WantedKey[] {
  const items = (readItems('keys', text, 'keys') ?? []).map((item) => (typeof item === 'string' ? { importantFormKey: item } : item));
  const { values, errors } = readEach(items, (item) => {
    const aliases = item.importantFormKeyAliases;
    return { key: readText(item, 'importantFormKey'), aliases: Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === 'string') : [] };
  });
  if (errors.length > 0) throw new AttributeError(`The attribute keys cannot be read: ${errors[0]}`);
  return [...new Map(values.map((wanted) => [wanted.key, wanted])).values()];
}

/** What a form prints around a name does not count: case, blanks, a colon behind it. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').replace(/[\s:.*]+$/, '').trim();

/** Finds the first key that has a text as its name or alias; made once, since a document and its keys may be thousands each. */
export function keyFinder(wanted: readonly WantedKey[]): (text: string) => WantedKey | undefined {
  const byName = new Map<string, WantedKey>();
  for (const one of wanted) {
    for (const name of [one.key, ...one.aliases].map(plain)) if (!byName.has(name)) byName.set(name, one);
  }
  return (text) => byName.get(plain(text));
}
