/** `localStorage` or `sessionStorage` for a page whose origin has none: what it writes lasts as long as it does. Knows no DOM. */

type Items = { [name: string]: unknown };

/** Behaves as the browser's: items are properties too, and everything becomes text. */
export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  const members: Items = {
    getItem: (name: unknown) => items.get(String(name)) ?? null,
    setItem: (name: unknown, value: unknown) => void items.set(String(name), String(value)),
    removeItem: (name: unknown) => void items.delete(String(name)),
    clear: () => items.clear(),
    key: (index: unknown) => [...items.keys()][Number(index) || 0] ?? null,
  };
  const read = (name: string | symbol): unknown => {
    if (name === 'length') return items.size;
    return Object.hasOwn(members, name) ? members[name as string] : items.get(name as string);
  };
  return new Proxy({} as Items, {
    get: (target, name) => read(name) ?? Reflect.get(target, name),
    has: (target, name) => read(name) !== undefined || Reflect.has(target, name),
    set: (_, name, value) => Boolean(items.set(String(name), String(value))),
    deleteProperty: (_, name) => items.delete(name as string) || true,
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_, name) => {
      const value = items.get(name as string);
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
  }) as unknown as Storage;
}
