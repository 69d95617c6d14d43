import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliCompress, constants } from 'node:zlib';
import type { BrotliCompress } from '../../../font-service/assemble/woff2.ts';
import { TypecaseError } from '../../../font-service/errors.ts';
import { faceIdOf } from '../../../font-service/identifiers.ts';
import { type FaceRequest, ingestFace } from '../../../font-service/pack/ingest/ingest-face.ts';
import { type FontFacts, inspectFont } from '../../../font-service/pack/ingest/inspect-font.ts';
import { instanceFont, openFont } from '../../../font-service/pack/ingest/open-font.ts';
import { buildOf } from './build-id.ts';
import type { IngestJob, IngestMessage } from './job.ts';
import { readPriors } from './read-priors.ts';

/** Weights taken of a variable font when none are named; its default where its axis has neither. */
const USUAL_WEIGHTS: readonly number[] = [400, 700];

/** Ingests every asked-for face of a font file, and tells of it; throws where the file is refused. */
export async function runJob(job: IngestJob, tell: (message: IngestMessage) => void): Promise<void> {
  const file = new Uint8Array(await readFile(job.path));
  const font = await openFont(file);
  const facts = inspectFont(font);
  const shared = await describeFamily(job, facts);
  const reserved = reservedNameIn(facts.notices.copyright, shared.family);
  if (reserved !== undefined) tell({ type: 'warning', text: reserved });
  const isVariable = facts.axes['wght'] !== undefined;
  for (const weight of weightsOf(job.weights, facts)) {
    const face = faceIdOf(shared.family, weight, shared.style);
    const build = await buildOf(file, job, isVariable ? weight : 'own');
    if (job.knownBuilds.includes(build)) {
      tell({ type: 'known', face, build });
      continue;
    }
    const tools = {
      ...{ sha256, compress: createCompress(job.sliceQuality) },
      onProgress: (done: number) => tell({ type: 'progress', face, done }),
    };
    const instance = await instanceAt(font, facts, weight);
    tell({ type: 'pack', face, build, bytes: await ingestFace(instance, { ...shared, face, build, weight }, tools) });
  }
}

/** What all faces of the file have in common. */
async function describeFamily(
  job: IngestJob,
  facts: FontFacts,
): Promise<Omit<FaceRequest, 'face' | 'build' | 'weight'>> {
  const language = job.language ?? facts.language;
  if (language === undefined)
    throw refused('its language cannot be told; name it with --lang ja, ko, zh-Hans or zh-Hant');
  const family = job.family ?? facts.family;
  if (family === '') throw refused('it has no family name; give it one with --family');
  const axes = Object.entries(facts.axes).map(([tag, { min, max }]) => ({ tag, min, max }));
  return { family, style: facts.style, language, axes, priors: await readPriors(language) };
}

function weightsOf(asked: readonly number[] | undefined, { axes, weight }: FontFacts): readonly number[] {
  const axis = axes['wght'];
  if (axis === undefined) {
    if (asked === undefined || asked.includes(weight)) return [weight];
    throw refused(`it is static, of weight ${weight}; leave --weights out or name that one`);
  }
  const usual = USUAL_WEIGHTS.filter((weight) => weight >= axis.min && weight <= axis.max);
  const weights = asked ?? (usual.length > 0 ? usual : [Math.round(axis.default)]);
  const outside = weights.find((value) => value < axis.min || value > axis.max);
  if (outside !== undefined)
    throw refused(`its weights go from ${axis.min} to ${axis.max}; ${outside} is not among them`);
  return weights;
}

/** Pins every axis: the weight as asked, the others at their defaults. */
function instanceAt(
  font: Uint8Array<ArrayBuffer>,
  { axes }: FontFacts,
  weight: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const entries = Object.entries(axes);
  if (entries.length === 0) return Promise.resolve(font);
  return instanceFont(
    font,
    Object.fromEntries(entries.map(([tag, axis]) => [tag, tag === 'wght' ? weight : axis.default])),
  );
}

/** @see https://openfontlicense.org, condition 3 */
function reservedNameIn(copyright: string, family: string): string | undefined {
  const [, names = ''] = /reserved font names?:? (.+)/i.exec(copyright) ?? [];
  const reserved = [...names.matchAll(/["'“‘]([^"'”’]+)["'”’]/g)].map(([, name = '']) => name);
  const used = reserved.find((name) => family.toLowerCase().includes(name.toLowerCase()));
  if (used === undefined) return undefined;
  return `“${used}” is a reserved name of this font's licence: subsets are modified versions, so serve it under another name (--family).`;
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return createHash('sha256').update(bytes).digest();
}

/** Brotli on Node's thread pool. */
function createCompress(quality: number): BrotliCompress {
  return (bytes) => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return new Promise((resolve, reject) => {
      brotliCompress(bytes, { params }, (error, compressed) => (error === null ? resolve(compressed) : reject(error)));
    });
  };
}

function refused(reason: string): TypecaseError {
  return new TypecaseError('unservable-font', `The font cannot be served: ${reason}.`);
}
