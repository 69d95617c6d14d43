import { type BuildOptions, build } from 'esbuild';

/** Bundles a TypeScript module with what it imports into one ES module for browsers. */
export function bundleScript(entryPath: string): Promise<Uint8Array> {
  return bundle(entryPath, { format: 'esm' });
}

/** What a worker's script gets beside its module. */
export type WorkerBundleOptions = {
  /** Scripts by URL that are imported before everything else: the module's own listeners already use what they add. */
  readonly imports: readonly string[];
  /** Values of the module's declared constants. */
  readonly constants?: Readonly<Record<string, string>>;
};

/**
 * Bundles a TypeScript module into a classic script for a service worker.
 *
 * `process.env.NODE_ENV` is always defined: Workbox asks for it, and workers have no `process`.
 */
export function bundleWorker(entryPath: string, { imports, constants = {} }: WorkerBundleOptions): Promise<Uint8Array> {
  const defined = Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]);
  return bundle(entryPath, {
    format: 'iife',
    banner: { js: imports.map((url) => `importScripts('${url}');`).join('\n') },
    define: { ...Object.fromEntries(defined), 'process.env.NODE_ENV': '"production"' },
  });
}

async function bundle(entryPath: string, options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [entryPath],
    bundle: true,
    write: false,
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const [output] = outputFiles ?? [];
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${entryPath}`);
  return output.contents;
}
