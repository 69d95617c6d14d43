import { cp, mkdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

/** A script of the service: where its source is, and what it may weigh; a name in `.html` makes it a page of that script. */
type ScriptTarget = { readonly name: string; readonly source: string; readonly budgetBytes: number };

const TARGETS: readonly ScriptTarget[] = [
  { name: 'sw.js', source: 'sw/fonts/worker.ts', budgetBytes: 12_000 },
  { name: 'connect.js', source: 'sw/platform/page.ts', budgetBytes: 3_250 },
  { name: 'connect-worker.js', source: 'sw/platform/connect-worker.ts', budgetBytes: 7_350 },
  { name: 'fall-through.js', source: 'sw/platform/fall-through-script.ts', budgetBytes: 3_000 },
  { name: 'typecase.js', source: 'sw/page/typecase.ts', budgetBytes: 7_950 },
  { name: 'hub.js', source: 'sw/fonts/hub.ts', budgetBytes: 3_800 },
  { name: 'fonts-bridge.html', source: 'sw/fonts/bridge.ts', budgetBytes: 2_950 },
  { name: 'bridge.html', source: 'sw/platform/plain-bridge.ts', budgetBytes: 2_500 },
];

/** What a build made: the name of a script and its size, compressed. */
export type BuiltScript = { readonly name: string; readonly gzipBytes: number; readonly budgetBytes: number };

/**
 * Bundles the browser's scripts into `dist/assets`, minified, and puts the priors beside them.
 *
 * `process.env.NODE_ENV` is always defined: Workbox asks for it, and workers have no `process`.
 * Throws where a script is over its budget.
 */
export async function buildScripts(root: string): Promise<readonly BuiltScript[]> {
  const folder = `${root}/dist/assets`;
  const built = await Promise.all(TARGETS.map((target) => buildScript(root, target)));
  await mkdir(folder, { recursive: true });
  for (const { name, code } of built) await writeFile(`${folder}/${name}`, code);
  // For the ledgers; nobody else is served them.
  await cp(`${root}/font-service/plan/priors`, `${folder}/priors`, { recursive: true });
  return built;
}

async function buildScript(
  root: string,
  { name, source, budgetBytes }: ScriptTarget,
): Promise<BuiltScript & { readonly code: Uint8Array }> {
  const { outputFiles } = await build({
    entryPoints: [`${root}/${source}`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  // A second minifier, which also joins and inlines across statements: 4 % less.
  const { code: script = '' } = await minify(outputFiles[0]?.text ?? '', {
    module: true,
    compress: { passes: 4, ecma: 2020, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false },
    enclose: true,
  });
  const code = Buffer.from(name.endsWith('.html') ? `<!doctype html><script>${script}</script>` : script);
  const gzipBytes = gzipSync(code).length;
  if (gzipBytes > budgetBytes) throw new Error(`${name} has ${gzipBytes} bytes gzip; its budget is ${budgetBytes}.`);
  return { name, gzipBytes, budgetBytes, code };
}
