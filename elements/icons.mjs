/**
 * The icons that templates name, as scripts beside the elements: `icons-SHELF-HASH.js` is a module with the drawings of one shelf.
 *
 * The names of iron-icons are those of Google's Material icons, which `@iconify-json/ic` carries as data and goes on with; a page
 * gets only the shelves of the icons that it shows (`src/icon`).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SET = new URL('./node_modules/@iconify-json/ic/icons.json', import.meta.url);

const STYLE = 'baseline-';

/** What iron-icons calls otherwise, by its name there. */
const RENAMED = {
  'info-outline': 'outline-info',
  'label-outline': 'outline-label',
  'lightbulb-outline': 'outline-lightbulb',
  'lock-outline': 'outline-lock',
  'pie-chart-outlined': 'outline-pie-chart',
};

const NOTICE = '/*! Google Material Icons, Apache-2.0 */';

/** The drawings by name: what stands inside an SVG of 24 by 24, in the colour of the text around it. */
function drawings() {
  const { icons } = JSON.parse(readFileSync(SET, 'utf8'));
  const bodyOf = (name) => icons[name].body.replaceAll(' fill="currentColor"', '');
  const plain = Object.keys(icons).filter((name) => name.startsWith(STYLE));
  return { ...Object.fromEntries(plain.map((name) => [name.slice(STYLE.length), bodyOf(name)])), ...mapped(RENAMED, bodyOf) };
}

const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

/** Writes the shelves into `folder`; answers the hash in their names. */
export function buildIcons(folder, { SHELVES, shelfOf }) {
  const shelves = Array.from({ length: SHELVES }, () => ({}));
  for (const [name, body] of Object.entries(drawings())) shelves[shelfOf(name)][name] = body;
  const scripts = shelves.map((shelf) => `${NOTICE}\nexport default ${JSON.stringify(shelf)};\n`);
  const hash = createHash('sha256').update(scripts.join('')).digest('hex').slice(0, 8).toUpperCase();
  for (const [shelf, script] of scripts.entries()) writeFileSync(join(folder, `icons-${shelf}-${hash}.js`), script);
  return hash;
}
