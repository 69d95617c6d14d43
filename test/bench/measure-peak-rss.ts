import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readPackExtent } from '../../font-service/pack/pack.ts';
import { fontPath, makePacks } from '../support/make-pack.ts';

/** Memory in MiB, read from Linux's /proc: at its peak with faces loaded and deltas being made, and of the same process without faces. */
export type PeakRss = { readonly peakRssMiB: number; readonly bareRssMiB: number };

/** Measures a process of its own that does what an isolate does: holds the cores of packs, assembles delta after delta. */
export async function measurePeakRss(packageNames: readonly string[]): Promise<PeakRss> {
  const folder = await mkdtemp(join(tmpdir(), 'typecase-'));
  try {
    const paths = await Promise.all(
      packageNames.map(async (name) => {
        const [pack] = await makePacks(fontPath(name));
        const path = join(folder, `${name}.core`);
        const bytes = pack?.bytes ?? new Uint8Array();
        await writeFile(path, bytes.subarray(0, readPackExtent(bytes).coreBytes));
        return path;
      }),
    );
    return { peakRssMiB: await peakOf(folder, paths), bareRssMiB: await peakOf(folder, []) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Bundled, so that no TypeScript loader counts. */
async function peakOf(folder: string, packPaths: readonly string[]): Promise<number> {
  const { build } = await import('esbuild');
  const outfile = join(folder, 'isolate-like.mjs');
  const entry = fileURLToPath(new URL('./isolate-like.ts', import.meta.url));
  await build({ entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', outfile });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, ...packPaths]);
  return Math.round(Number(stdout) / 1024);
}
