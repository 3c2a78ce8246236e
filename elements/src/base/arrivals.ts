/**
 * What came onto a page. A large page comes in many pieces: whoever looks through all of it after each has work that grows with the
 * square of its size.
 */

/** The elements of this selector among what these changes have added, wherever in it they are. */
export function arrivals<E extends Element>(records: readonly MutationRecord[], selector: string): E[] {
  const added = records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node): node is Element => node instanceof Element);
  return added.flatMap((element) => [
    ...(element.matches(selector) ? [element as E] : []),
    ...(element.firstElementChild ? element.querySelectorAll<E>(selector) : []),
  ]);
}
