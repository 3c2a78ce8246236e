/** Runs every `NAME.test.ts` with Node's own test runner; esbuild turns it into plain JavaScript first. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const filesOf = (folder, ending) =>
  readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));

const out = mkdtempSync(join(tmpdir(), 'secondlook-elements-'));
try {
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: [...filesOf(join(here, 'src'), '.test.ts'), ...filesOf(join(here, 'pages'), '.test.ts')],
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const files = filesOf(out, '.test.mjs');
  process.exitCode = spawnSync(process.execPath, ['--test', '--enable-source-maps', ...files], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(out, { recursive: true });
}
