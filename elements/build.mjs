/**
 * Bundles the elements and the scripts of our own pages into the Python package.
 *
 * `src/index.ts` becomes `crowd-html-elements.js`; every `pages/NAME.ts` becomes `NAME.js`; both also packed, as `NAME.js.br`. Beside
 * them lies `bundle.json`: the tags that the bundle defines, from which the server tells what templates may use
 * (`review/render/elements.py`), how each element answers untouched, and a hash of everything this folder holds, by which the build hook
 * and a test notice an old bundle.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import esbuild from 'esbuild';
import { untouchedRules } from './untouched.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const built = fileURLToPath(new URL('../src/secondlook/pages/static/built/', import.meta.url));

/** Every file of this folder that is source, as paths with forward slashes, in byte order. */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** SHA-256 over `path NUL length NUL content` of each source file; `hatch_build.py` computes the same. */
function sourceHash() {
  const hash = createHash('sha256');
  const byPath = new Map(sources(here).map((file) => [relative(here, file).split(sep).join('/'), file]));
  for (const path of [...byPath.keys()].sort()) {
    const content = readFileSync(byPath.get(path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function entryPoints() {
  const pages = readdirSync(join(here, 'pages')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return {
    'crowd-html-elements': join(here, 'src/index.ts'),
    ...Object.fromEntries(pages.map((name) => [name.slice(0, -3), join(here, 'pages', name)])),
  };
}

/** What a module imports is empty: only the module's own text is run. */
const importsNothing = {
  name: 'imports-nothing',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) => (kind === 'entry-point' ? undefined : { path, namespace: 'nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
  },
};

/** The tags of `src/elements.ts`, read off the table itself: the elements need a browser, the table does not. */
async function definedTags() {
  const entryPoints = [join(here, 'src/elements.ts')];
  const { outputFiles } = await esbuild.build({ entryPoints, bundle: true, write: false, format: 'esm', plugins: [importsNothing] });
  const { ELEMENTS } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return Object.keys(ELEMENTS);
}

/** Packs each script as tightly as brotli can, which takes too long for a server: a browser loads the elements for each task. */
function pack() {
  for (const name of readdirSync(built).filter((file) => file.endsWith('.js'))) {
    writeFileSync(join(built, `${name}.br`), brotliCompressSync(readFileSync(join(built, name))));
  }
}

const record = {
  name: 'record',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      pack();
      const about = { source: sourceHash(), elements: await definedTags(), untouched: untouchedRules() };
      writeFileSync(join(built, 'bundle.json'), `${JSON.stringify(about)}\n`);
    });
  },
};

const options = {
  absWorkingDir: here,
  entryPoints: entryPoints(),
  outdir: built,
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  format: 'iife',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  legalComments: 'eof',
  logLevel: 'warning',
  plugins: [record],
};

// bundle.json goes first and comes back last: a build that was cut short is then seen as missing.
rmSync(built, { recursive: true, force: true });
if (process.argv.includes('--watch')) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}
