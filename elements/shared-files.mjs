/**
 * What several elements share, in few files.
 *
 * esbuild puts modules into one file when exactly the same elements need them: that loads nothing in vain, in dozens of files of
 * some hundred bytes. Here such files are joined as long as the requests that a page saves are worth what it loads without need.
 */

import { join, relative, sep } from 'node:path';

/** What a request costs, in bytes of script: somewhat more than half a millisecond on the way and in the browser. */
const REQUEST = 4000;

/** So many bytes no page loads without need: some 6 KB, packed. */
const SPARE = 20_000;

const union = (one, other) => new Set([...one, ...other]);
const common = (one, other) => [...one].filter((each) => other.has(each));
const sum = (numbers) => [...numbers].reduce((total, each) => total + each, 0);
const without = (one, other) => new Set([...one].filter((each) => !other.has(each)));

/** A file that elements share: its modules, who loads it, and the shared files that come with it. */
class Shared {
  isJoined = false;

  constructor(modules, bytes, imports, pages) {
    this.modules = modules;
    this.bytes = bytes;
    this.imports = imports;
    this.pages = pages;
  }

  /** This and all that comes with it. */
  reach(seen = new Set()) {
    if (seen.has(this)) return seen;
    seen.add(this);
    for (const file of this.imports) file.reach(seen);
    return seen;
  }
}

const isStatic = ({ kind }) => kind === 'import-statement';

/** The shared files of a build by esbuild; a page is what one element needs. What it asks for later finds most of its own there. */
function sharedFiles(outputs) {
  const files = new Map();
  for (const [path, { inputs, bytes, entryPoint }] of Object.entries(outputs)) {
    const modules = Object.keys(inputs);
    if (path.endsWith('.js') && entryPoint === undefined && modules.length > 0) files.set(path, new Shared(modules, bytes, new Set(), new Set()));
  }
  const importsOf = (path) => outputs[path].imports.filter(isStatic).flatMap((each) => files.get(each.path) ?? []);
  for (const [path, file] of files) file.imports = new Set(importsOf(path));
  const later = new Set(Object.values(outputs).flatMap(({ imports }) => imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path)));
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint !== undefined && !later.has(path)) for (const file of importsOf(path).flatMap((each) => [...each.reach()])) file.pages.add(path);
  }
  return [...files.values()].filter(({ pages }) => pages.size > 0);
}

/** The two and what one of them needs that needs the other: joined without these, they would need themselves. */
function withBetween(one, other) {
  const between = (from, to) => [...from.reach()].filter((file) => file.reach().has(to));
  return new Set([one, other, ...between(one, other), ...between(other, one)]);
}

/** What joining files costs; less than nothing is worth it. `added`: the bytes that each page loads without need. */
function joining(parts) {
  const pages = [...parts].map((file) => file.pages).reduce(union);
  const others = without([...parts].map((file) => file.reach()).reduce(union), parts);
  const added = new Map();
  let requests = pages.size;
  for (const file of parts) requests -= file.pages.size;
  for (const file of [...parts, ...others]) {
    const more = without(pages, file.pages);
    if (others.has(file)) requests += more.size;
    for (const page of more) added.set(page, (added.get(page) ?? 0) + file.bytes);
  }
  return { parts, pages, others, added, cost: requests * REQUEST + sum(added.values()) };
}

/** The files when some have been joined. */
function joined(files, { parts, pages, others }) {
  const modules = [...parts].flatMap((each) => each.modules);
  const imports = without([...parts].map((each) => each.imports).reduce(union), parts);
  const file = new Shared(modules, sum([...parts].map(({ bytes }) => bytes)), imports, pages);
  file.isJoined = true;
  for (const each of others) each.pages = union(each.pages, pages);
  const left = files.filter((each) => !parts.has(each));
  for (const each of left) {
    if (common(each.imports, parts).length > 0) each.imports = without(each.imports, parts).add(file);
  }
  return [...left, file];
}

const pairs = (files) => files.flatMap((one, index) => files.slice(0, index).map((other) => [one, other]));

/** Which modules go into one file, of a build with a file for each set of elements: lists of their names. */
function joinedFiles(outputs) {
  let files = sharedFiles(outputs);
  const spare = new Map();
  const spareOf = (page) => spare.get(page) ?? SPARE;
  const fits = ({ added }) => [...added].every(([page, bytes]) => bytes <= spareOf(page));
  const best = () =>
    pairs(files)
      .filter(([one, other]) => common(one.pages, other.pages).length > 0)
      .map(([one, other]) => joining(withBetween(one, other)))
      .filter((each) => each.cost < 0 && fits(each))
      .reduce((one, other) => (one && one.cost <= other.cost ? one : other), undefined);
  for (let next = best(); next; next = best()) {
    for (const [page, bytes] of next.added) spare.set(page, spareOf(page) - bytes);
    files = joined(files, next);
  }
  return files.filter(({ isJoined }) => isJoined).map(({ modules }) => modules);
}

/**
 * For a second build, after one with this `metafile`: whoever imports a module gets all that shares a file with it, so that exactly
 * the same elements need them.
 */
export function sharing({ inputs, outputs }, folder) {
  const fileOf = new Map(joinedFiles(outputs).flatMap((modules) => modules.map((name) => [name, modules])));
  const nameOf = (path, namespace) => (namespace === 'file' ? relative(folder, path).split(sep).join('/') : `${namespace}:${path}`);
  const targetOf = ({ path, importer, namespace }) => inputs[nameOf(importer, namespace)]?.imports.find(({ original }) => original === path);
  const addressOf = (name) => JSON.stringify(/^\w+:/.test(name) ? name : `./${name}`);
  return {
    name: 'sharing',
    setup(build) {
      build.onResolve({ filter: /^sharing:/ }, ({ path }) => ({ path: path.slice('sharing:'.length), namespace: 'sharing' }));
      build.onResolve({ filter: /.*/ }, ({ kind, ...context }) => {
        const target = kind === 'import-statement' ? targetOf(context) : undefined;
        const modules = fileOf.get(target?.path);
        if (modules === undefined || modules.includes(nameOf(context.importer, context.namespace))) return undefined;
        return { path: target.path, namespace: 'sharing' };
      });
      // What says of itself that it does nothing when imported would be left out.
      build.onResolve({ filter: /^\.\/node_modules\//, namespace: 'sharing' }, ({ path }) => ({ path: join(folder, path), sideEffects: true }));
      build.onLoad({ filter: /.*/, namespace: 'sharing' }, ({ path }) => {
        const others = fileOf.get(path).filter((name) => name !== path);
        const contents = [`export * from ${addressOf(path)};`, ...others.map((name) => `import ${JSON.stringify(`sharing:${name}`)};`)].join('\n');
        return { contents, resolveDir: folder };
      });
    },
  };
}
