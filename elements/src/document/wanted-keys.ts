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

export const isKeyOf = ({ key, aliases }: WantedKey, text: string): boolean => [key, ...aliases].some((name) => plain(name) === plain(text));
