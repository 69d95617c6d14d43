import { createHash } from 'node:crypto';
import { type BuildId, parseBuildId } from '../../../font-service/identifiers.ts';
import { PIPELINE_VERSION } from '../../../font-service/pack/ingest/pipeline-version.ts';
import type { IngestJob } from './job.ts';
import { readAllPriors } from './read-priors.ts';

/** The weight of a face within its file: a value of the `wght` axis, or that of a static font. */
export type BuildWeight = number | 'own';

/**
 * Names a build by all that it is made of: the font file, the job's settings, the priors, the pipeline's version.
 *
 * Needs no look into the font, so that a build that is known costs no more than reading its file.
 */
export async function buildOf(
  file: Uint8Array,
  job: Pick<IngestJob, 'family' | 'language'>,
  weight: BuildWeight,
): Promise<BuildId> {
  const settings = JSON.stringify([PIPELINE_VERSION, job.family ?? null, job.language ?? null, weight]);
  const hash = createHash('sha256')
    .update(settings)
    .update(await readAllPriors())
    .update(file);
  return parseBuildId(hash.digest('hex').slice(0, 10));
}
