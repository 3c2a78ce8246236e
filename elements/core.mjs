/**
 * The modules of the entry, so that no chunk holds a second copy of one: there is one Lit on a page, one channel to its
 * portal, one base of all elements.
 *
 * The entry is a plain script, which templates rely on: it has run when the next script of the page does. Chunks are modules,
 * split by esbuild among themselves; what the entry holds they take from a property of the window.
 */
import { relative, sep } from 'node:path';
import esbuild from 'esbuild';

const PLACE = "globalThis[Symbol.for('secondlook.core')]";

export class Core {
  /** The modules that chunks have asked for, by name. */
  #used = new Map();

  constructor(entry, folder, modules) {
    this.entry = entry;
    this.folder = folder;
    this.modules = modules;
  }

  static async of(entry, options) {
    const define = { CHUNK_FILES: '{}' };
    const { metafile } = await esbuild.build({ ...options, entryPoints: [entry], format: 'iife', write: false, outdir: 'out', sourcemap: false, define });
    return new Core(entry, options.absWorkingDir, new Set(Object.keys(metafile.inputs)));
  }

  #nameOf(path) {
    return relative(this.folder, path).split(sep).join('/');
  }

  /** For chunks: takes each of these modules from where the entry has put it. */
  get instead() {
    return {
      name: 'core-instead',
      setup: (build) => {
        build.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...context }) => {
          if (pluginData === this || context.kind === 'entry-point') return undefined;
          const resolved = await build.resolve(path, { ...context, pluginData: this });
          const name = this.#nameOf(resolved.path);
          // What esbuild finds itself it reads with the settings of tsconfig.json; what a plugin hands it, without.
          if (!this.modules.has(name)) return undefined;
          this.#used.set(name, resolved.path);
          return { path: name, namespace: 'core' };
        });
        build.onLoad({ filter: /.*/, namespace: 'core' }, ({ path }) => ({ contents: `module.exports = ${PLACE}[${JSON.stringify(path)}]` }));
      },
    };
  }

  /** The text of a script that is the entry, and puts the modules that chunks have asked for where they find them; of several runs the first counts. */
  get script() {
    const modules = [...this.#used].sort();
    const imports = modules.map(([, path], index) => `import * as m${index} from ${JSON.stringify(path)};`);
    const entries = modules.map(([name], index) => `${JSON.stringify(name)}: m${index}`);
    return [`import ${JSON.stringify(this.entry)};`, ...imports, `${PLACE} ??= {${entries}};`].join('\n');
  }
}
