/**
 * The modules of the entry, so that no chunk holds a second copy of one: there is one Lit on a page, one channel to its
 * portal, one base of all elements.
 *
 * The entry is a plain script, which templates rely on: it has run when the next script of the page does. Chunks are modules,
 * split by esbuild among themselves; what the entry holds they take from a property of the window.
 */
import { join, relative, sep } from 'node:path';
import esbuild from 'esbuild';

const PLACE = "globalThis[Symbol.for('secondlook.core')]";

export class Core {
  /** The modules that chunks have asked for, by name. */
  #used = new Map();

  /** `exports`: what each module of the entry exports, by its name. */
  constructor(entry, folder, exports) {
    this.entry = entry;
    this.folder = folder;
    this.exports = exports;
  }

  static async of(entry, options) {
    const inMemory = { ...options, define: { CHUNK_FILES: '{}' }, write: false, outdir: 'out', sourcemap: false };
    const folder = options.absWorkingDir;
    const { metafile } = await esbuild.build({ ...inMemory, entryPoints: [entry], format: 'iife' });
    const modules = Object.keys(metafile.inputs).filter((name) => !name.startsWith('<'));
    const entryPoints = modules.map((name, index) => ({ in: join(folder, name), out: `${index}` }));
    const { outputs } = (await esbuild.build({ ...inMemory, entryPoints, format: 'esm', splitting: true })).metafile;
    const files = Object.values(outputs).filter(({ entryPoint }) => entryPoint !== undefined);
    return new Core(entry, folder, new Map(files.map(({ entryPoint, exports }) => [entryPoint, exports])));
  }

  #nameOf(path) {
    return relative(this.folder, path).split(sep).join('/');
  }

  /** For chunks: takes each of these modules from where the entry has put it. */
  get instead() {
    return {
      name: 'core-instead',
      setup: (build) => {
        build.onResolve({ filter: /^core:/ }, ({ path }) => ({ path: path.slice('core:'.length), namespace: 'core' }));
        build.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...context }) => {
          if (pluginData === this || context.kind === 'entry-point') return undefined;
          const resolved = await build.resolve(path, { ...context, pluginData: this });
          const name = this.#nameOf(resolved.path);
          // What esbuild finds itself it reads with the settings of tsconfig.json; what a plugin hands it, without.
          if (!this.exports.has(name)) return undefined;
          this.#used.set(name, resolved.path);
          return { path: name, namespace: 'core' };
        });
        build.onLoad({ filter: /.*/, namespace: 'core' }, ({ path }) => ({ contents: this.#standIn(path) }));
      },
    };
  }

  #standIn(name) {
    return `export const { ${this.exports.get(name).join(', ')} } = ${PLACE}[${JSON.stringify(name)}];`;
  }

  /** The text of a script that is the entry, and puts the modules that chunks have asked for where they find them; of several runs the first counts. */
  get script() {
    const modules = [...this.#used].sort();
    const imports = modules.map(([, path], index) => `import * as m${index} from ${JSON.stringify(path)};`);
    const entries = modules.map(([name], index) => `${JSON.stringify(name)}: m${index}`);
    return [`import ${JSON.stringify(this.entry)};`, ...imports, `${PLACE} ??= {${entries}};`].join('\n');
  }
}
