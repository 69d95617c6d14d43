import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import { runJob } from '../../server/cli/ingest/run-job.ts';
import type { IngestMessage } from '../../server/cli/ingest/job.ts';

const require = createRequire(import.meta.url);

/** A font of the tests: where its file is, in the packages. */
export function fontPath(packageName: string, style: '400Regular' | '700Bold' = '400Regular'): string {
  const fileName = packageName.split('-').map((part) => (part.length === 2 ? part.toUpperCase() : part[0]?.toUpperCase() + part.slice(1)));
  return require.resolve(`@expo-google-fonts/${packageName}/${style}/${fileName.join('')}_${style}.ttf`);
}

/** A font file of the tests as bytes. */
export async function readFont(packageName: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(fontPath(packageName)));
}

/** Brotli as the service compresses deltas: the tests need no better. */
export function compressQuickly(bytes: Uint8Array): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

/** Ingests a font file as `npm run ingest` does, but for the compression of its slices, and without a service. */
export async function makePacks(path: string): Promise<readonly Extract<IngestMessage, { type: 'pack' }>[]> {
  const packs: Extract<IngestMessage, { type: 'pack' }>[] = [];
  const job = { path, family: undefined, weights: undefined, language: undefined, knownBuilds: [] };
  const tell = (message: IngestMessage) => {
    if (message.type === 'pack') packs.push(message);
  };
  await runJob(job, tell, compressQuickly);
  return packs;
}
