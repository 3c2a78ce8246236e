/** `gallery.json`: the cases of `cases/` as the gallery shows them, by tag; of an element without cases nothing. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const cases = new URL('./cases/', import.meta.url);

const shown = ({ attributes = {}, cases: all }) =>
  all.map(({ title, attributes: own = {}, content = '', around = ['', ''] }) => ({ title, attributes: { ...attributes, ...own }, content, around }));

export function writeGallery(built) {
  const files = readdirSync(cases).filter((name) => name.endsWith('.json'));
  const byTag = files.map((name) => [name.slice(0, -'.json'.length), shown(JSON.parse(readFileSync(new URL(name, cases), 'utf8')))]);
  writeFileSync(join(built, 'gallery.json'), `${JSON.stringify(Object.fromEntries(byTag.filter(([, all]) => all.length > 0)))}\n`);
}
