import { type BuildOptions, build } from 'esbuild';

/** Bundles a TypeScript module with what it imports into one ES module for browsers. */
export function bundleScript(entryPath: string): Promise<Uint8Array> {
  return bundle(entryPath, { format: 'esm' });
}

/**
 * Bundles a TypeScript module into a classic script for a service worker of the platform.
 *
 * The platform library comes before everything else: the module's own listeners already use what it adds.
 */
export function bundleWorker(entryPath: string): Promise<Uint8Array> {
  return bundle(entryPath, { format: 'iife', banner: { js: "importScripts('/connect-worker.js');" } });
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
