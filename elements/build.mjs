/**
 * Bundles the elements and the scripts of our own pages into the Python package.
 *
 * `crowd-html-elements.js` is the entry that every task page loads (`src/index.ts`); `elements/TAG-HASH.js` holds an element
 * that comes when a page uses it (`src/loading/chunks.ts`), with what several of them share (`shared-files.mjs`) and the shelves of
 * icons (`icons.mjs`) beside it; every `pages/NAME.ts` becomes `NAME.js`; `pdf/` holds what documents may need (`pdf-files.mjs`). Scripts are packed too, as
 * `NAME.js.br`. Beside them lies `bundle.json`: the tags that exist, from which the server tells what templates may use
 * (`review/render/elements.py`), the files that each of them needs, how each element answers untouched, and hashes of everything
 * this folder holds and of everything built from it, by which the build hook and a test notice a bundle that is old or not whole.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import esbuild from 'esbuild';
import { Core } from './core.mjs';
import { buildIcons } from './icons.mjs';
import { copyPdfData, dropPdfMap, pdfScripts } from './pdf-files.mjs';
import { writeGallery } from './gallery.mjs';
import { sharing } from './shared-files.mjs';
import { untouchedRules } from './untouched.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const built = fileURLToPath(new URL('../src/secondlook/pages/static/built/', import.meta.url));

const ENTRY = join(here, 'src/index.ts');

/** Where chunks and icons go. */
const chunkFolder = join(built, 'elements');

/** Every file of a folder that is source, or made from it, as paths with forward slashes, in byte order. */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** SHA-256 over `path NUL length NUL content` of each of these files; `hatch_build.py` computes the same. */
function hashOf(folder) {
  const hash = createHash('sha256');
  const byPath = new Map(sources(folder).map((file) => [relative(folder, file).split(sep).join('/'), file]));
  for (const path of [...byPath.keys()].sort()) {
    const content = readFileSync(byPath.get(path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

const options = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  legalComments: 'eof',
  logLevel: 'warning',
  metafile: true,
};

/** What a module imports is empty: only the module's own text is run. */
const importsNothing = {
  name: 'imports-nothing',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) => (kind === 'entry-point' ? undefined : { path, namespace: 'nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
  },
};

/** A module as it is, without what it imports: the elements need a browser, their tables do not. */
async function table(path) {
  const { outputFiles } = await esbuild.build({ entryPoints: [join(here, path)], bundle: true, write: false, format: 'esm', plugins: [importsNothing] });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** Builds the chunk of each tag; answers which files it needs, its own first, from the folder of the bundle on. */
async function buildChunks(tags, core, define) {
  const entryPoints = Object.fromEntries(tags.map((tag) => [tag, join(here, 'src', tag, `${tag}.ts`)]));
  const names = { entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', assetNames: '[name]-[hash]' };
  const plugins = [pdfScripts, core.instead];
  const chunks = { ...options, ...names, entryPoints, outdir: chunkFolder, format: 'esm', splitting: true, define, plugins };
  const apart = await esbuild.build({ ...chunks, sourcemap: false, write: false });
  const { outputs } = (await esbuild.build({ ...chunks, plugins: [sharing(apart.metafile, here), ...plugins] })).metafile;
  dropPdfMap(outputs, here);
  const needs = (file) => [file, ...outputs[file].imports.filter(({ kind }) => kind === 'import-statement').flatMap(({ path }) => needs(path))];
  const fileOf = (path) => relative(built, join(here, path)).split(sep).join('/');
  const own = (tag) => Object.keys(outputs).find((file) => outputs[file].entryPoint === `src/${tag}/${tag}.ts`);
  return Object.fromEntries(tags.map((tag) => [tag, [...new Set(needs(own(tag)))].map(fileOf)]));
}

async function buildEntry(chunks, core) {
  const files = Object.fromEntries(Object.entries(chunks).map(([tag, [file]]) => [tag, file]));
  const define = { CHUNK_FILES: JSON.stringify(files) };
  const stdin = { contents: core.script, resolveDir: here };
  await esbuild.build({ ...options, stdin, outfile: join(built, 'crowd-html-elements.js'), format: 'iife', define });
}

async function buildPages() {
  const pages = readdirSync(join(here, 'pages')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const entryPoints = Object.fromEntries(pages.map((name) => [name.slice(0, -3), join(here, 'pages', name)]));
  await esbuild.build({ ...options, entryPoints, outdir: built, format: 'iife' });
}

/** Packs each script as tightly as brotli can, which takes too long for a server: a browser loads the elements for each task. */
function pack() {
  for (const name of readdirSync(built, { recursive: true }).filter((file) => file.endsWith('.js'))) {
    writeFileSync(join(built, `${name}.br`), brotliCompressSync(readFileSync(join(built, name))));
  }
}

/** `bundle.json` goes first and comes back last: a build that was cut short is then seen as missing. */
async function build() {
  rmSync(built, { recursive: true, force: true });
  mkdirSync(chunkFolder, { recursive: true });
  const { ELEMENTS } = await table('src/elements.ts');
  const { CHUNK_TAGS } = await table('src/loading/chunks.ts');
  const core = await Core.of(ENTRY, options);
  const icons = buildIcons(chunkFolder, await table('src/icon/shelf.ts'));
  const chunks = await buildChunks(CHUNK_TAGS, core, { ICON_SET: JSON.stringify(icons) });
  await buildEntry(chunks, core);
  await buildPages();
  copyPdfData(built);
  writeGallery(built);
  pack();
  const about = { source: hashOf(here), bundle: hashOf(built), elements: [...Object.keys(ELEMENTS), ...CHUNK_TAGS], chunks, untouched: untouchedRules() };
  writeFileSync(join(built, 'bundle.json'), `${JSON.stringify(about)}\n`);
}

await build();
if (process.argv.includes('--watch')) {
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void build().catch(() => {}), 100); // esbuild has said what is wrong
  };
  for (const folder of ['src', 'pages']) watch(join(here, folder), { recursive: true }, later);
}
