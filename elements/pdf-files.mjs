/** What pdf.js needs beside its code: the script of its worker as a file of its own, and data that some documents ask for. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const home = fileURLToPath(new URL('node_modules/pdfjs-dist/', import.meta.url));

/** Encodings of East Asian texts, fonts that files need not bring, decoders, profiles of colours; with their licences. */
const DATA = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Runs scripts of documents, which we do not; or is for browsers without WebAssembly, of which there are none. */
const UNUSED = /^quickjs|_nowasm_fallback|QUICKJS$/;

/** A plain script: in a frame with an opaque origin, browsers start none that is a module from a Blob. */
async function workerScript() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(home, 'legacy/build/pdf.worker.min.mjs')],
    bundle: true,
    define: { 'import.meta.url': 'location.href' },
    format: 'iife',
    legalComments: 'inline',
    logLevel: 'warning',
    minify: true,
    write: false,
  });
  return outputFiles[0].contents;
}

/** `import file from 'pdf-worker.js'` is the name of the file. */
export const pdfScripts = {
  name: 'pdf-scripts',
  setup(build) {
    build.onResolve({ filter: /^pdf-worker\.js$/ }, ({ path }) => ({ path, namespace: 'pdf-worker' }));
    build.onLoad({ filter: /.*/, namespace: 'pdf-worker' }, async () => ({ contents: await workerScript(), loader: 'file' }));
  },
};

/** The source map of pdf.js is larger than all others together and debugs nothing of ours; `outputs` are those of esbuild, below `folder`. */
export function dropPdfMap(outputs, folder) {
  for (const [path, { inputs }] of Object.entries(outputs)) {
    if (!path.endsWith('.js') || !Object.keys(inputs).some((name) => name.startsWith('node_modules/pdfjs-dist/'))) continue;
    const script = join(folder, path);
    writeFileSync(script, readFileSync(script, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
    rmSync(`${script}.map`, { force: true });
  }
}

/** Into the folder of the bundle. */
export function copyPdfData(built) {
  for (const folder of DATA) {
    cpSync(join(home, folder), join(built, 'pdf', folder), { recursive: true, filter: (path) => !UNUSED.test(basename(path)) });
  }
}
