import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { IngestJob, IngestMessage } from '../../server/cli/ingest/job.ts';
import { runJob } from '../../server/cli/ingest/run-job.ts';

const require = createRequire(import.meta.url);

/** A font of the tests: where its file is, in the packages. */
export function fontPath(packageName: string, style: '400Regular' | '700Bold' = '400Regular'): string {
  const fileName = packageName
    .split('-')
    .map((part) => (part.length === 2 ? part.toUpperCase() : part[0]?.toUpperCase() + part.slice(1)));
  return require.resolve(`@expo-google-fonts/${packageName}/${style}/${fileName.join('')}_${style}.ttf`);
}

/** A font file of the tests as bytes. */
export async function readFont(
  packageName: string,
  style?: '400Regular' | '700Bold',
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(fontPath(packageName, style)));
}

/** A job that is done with a font at once: what the tests look at does not depend on the compression. */
export function quickJob(path: string): Omit<IngestJob, 'knownBuilds'> {
  return { path, family: undefined, weights: undefined, language: undefined, sliceQuality: 4 };
}

/** Ingests a font file as `npm run ingest` does, but for the compression of its slices, and without a service. */
export async function makePacks(path: string): Promise<readonly Extract<IngestMessage, { type: 'pack' }>[]> {
  const packs: Extract<IngestMessage, { type: 'pack' }>[] = [];
  const job = { ...quickJob(path), knownBuilds: [] };
  const tell = (message: IngestMessage) => {
    if (message.type === 'pack') packs.push(message);
  };
  await runJob(job, tell);
  return packs;
}
