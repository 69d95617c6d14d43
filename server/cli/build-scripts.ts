import { mkdir, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A script of the service: where its source is, and what it may weigh. */
type ScriptTarget = { readonly name: string; readonly source: string; readonly budgetBytes: number };

const TARGETS: readonly ScriptTarget[] = [{ name: 'sw.js', source: 'sw/fonts/worker.ts', budgetBytes: 12_000 }];

/** What a build made: the name of a script and its size, compressed. */
export type BuiltScript = { readonly name: string; readonly gzipBytes: number; readonly budgetBytes: number };

/**
 * Bundles the browser's scripts into `dist/assets`, minified.
 *
 * `process.env.NODE_ENV` is always defined: Workbox asks for it, and workers have no `process`.
 * Throws where a script is over its budget.
 */
export async function buildScripts(root: string): Promise<readonly BuiltScript[]> {
  const folder = `${root}/dist/assets`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return Promise.all(TARGETS.map((target) => buildScript(root, folder, target)));
}

async function buildScript(
  root: string,
  folder: string,
  { name, source, budgetBytes }: ScriptTarget,
): Promise<BuiltScript> {
  const { outputFiles } = await build({
    entryPoints: [`${root}/${source}`],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const gzipBytes = gzipSync(code).length;
  if (gzipBytes > budgetBytes) throw new Error(`${name} has ${gzipBytes} bytes gzip; its budget is ${budgetBytes}.`);
  await writeFile(`${folder}/${name}`, code);
  return { name, gzipBytes, budgetBytes };
}
