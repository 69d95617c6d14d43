import { build } from 'esbuild';

/** Bundles a TypeScript module with what it imports into one ES module for browsers. */
export async function bundleScript(entryPath: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [entryPath],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${entryPath}`);
  return output.contents;
}
