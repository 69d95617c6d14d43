import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { buildOf } from './build-id.ts';
import type { IngestJob, IngestMessage } from './job.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { runInProcess } from './run-in-process.ts';
import type { ServiceClient } from './service-client.ts';

/** What became of the fonts: faces uploaded, faces that were there already, files refused. */
export type IngestOutcome = { readonly uploaded: number; readonly known: number; readonly refused: number };

/** Ingests font files, as many at once as there are cores, and uploads what comes out. */
export async function ingestFonts(
  jobs: readonly Omit<IngestJob, 'knownBuilds'>[],
  service: ServiceClient,
  display: ProgressDisplay,
): Promise<IngestOutcome> {
  const knownBuilds = await service.listBuilds();
  const outcome = { uploaded: 0, known: 0, refused: 0 };
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      await ingestFont({ ...job, knownBuilds }, service, display, outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return outcome;
}

async function ingestFont(
  job: IngestJob,
  service: ServiceClient,
  display: ProgressDisplay,
  outcome: { uploaded: number; known: number; refused: number },
): Promise<void> {
  const uploads: Promise<void>[] = [];
  const refuse = (name: string, reason: string) => {
    outcome.refused += 1;
    display.finish(name, `${name}  ✗ ${reason}`);
  };
  const upload = async ({ face, build, bytes }: Extract<IngestMessage, { type: 'pack' }>) => {
    await service.upload(face, bytes);
    outcome.uploaded += 1;
    display.finish(face, `${face}  ✓ build ${build}, ${(bytes.length / 1e6).toFixed(1)} MB`);
  };
  if (await isKnown(job)) {
    outcome.known += 1;
    return;
  }
  let isAnswered = false;
  await runInProcess(job, (message) => {
    isAnswered ||= message.type !== 'progress' && message.type !== 'warning';
    if (message.type === 'progress') display.update(message.face, message.done);
    else if (message.type === 'known') outcome.known += 1;
    else if (message.type === 'warning') display.note(`${basename(job.path)}  ! ${message.text}`);
    else if (message.type === 'refused') refuse(basename(job.path), message.reason);
    else uploads.push(upload(message).catch((error: Error) => refuse(message.face, error.message)));
  });
  if (!isAnswered) refuse(basename(job.path), 'Ingest ended without a face.');
  await Promise.all(uploads);
}

/**
 * Tells whether a static font's build is there already.
 *
 * Weights that are named, and a file that cannot be read, are for the job to judge: it looks into the font.
 */
async function isKnown(job: IngestJob): Promise<boolean> {
  if (job.weights !== undefined) return false;
  const file = await readFile(job.path).catch(() => undefined);
  return file !== undefined && job.knownBuilds.includes(await buildOf(file, job, 'own'));
}
