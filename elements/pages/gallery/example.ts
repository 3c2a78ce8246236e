/** The page that shows an element with some attributes and content. */

/** Text, or true for an attribute without a value. */
export type Attributes = { [name: string]: string | true };

/** What stands before and after the element. */
export type Around = readonly [before: string, after: string];

export type Example = { title: string; attributes: Attributes; content: string; around: Around };

/** What the server tells the script (`Gallery.script_data` of `pages/console/gallery.py`). */
export type GalleryData = {
  tag: string;
  /** It stands on its page without a `crowd-form`. */
  bringsForm: boolean;
  examples: Example[];
  /** Where an object of the examples lies, by the path that they name. */
  objects: { [path: string]: string };
};

const WITHOUT_END = new Set(['input']);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The text with the objects of the examples where they lie. */
export const located = (text: string, { objects }: GalleryData): string =>
  Object.entries(objects).reduce((done, [path, url]) => done.replaceAll(path, url), text);

export function pageOf(data: GalleryData, attributes: Attributes, content: string, around: Around): string {
  const { tag, bringsForm } = data;
  const written = Object.entries(attributes).map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(located(value, data))}"`));
  const element = `<${tag} id="it"${written.join('')}>${located(content, data)}${WITHOUT_END.has(tag) ? '' : `</${tag}>`}`;
  const [before, after] = around.map((html) => located(html, data));
  return bringsForm ? element : `<crowd-form>${before}${element}${after}</crowd-form>`;
}
