import * as v from 'valibot';
import { TypecaseError } from '../../font-service/errors.ts';
import { faceMetaEntries } from '../../font-service/pack/face-meta.ts';
import type { FaceSummary } from './face-store.ts';

const { face, build, family, style, weight, language, coverage, axes } = faceMetaEntries;
const faceSummary = v.object({ face, build, family, style, weight, language, coverage, axes });

/** Parses a listed face. @throws TypecaseError `bad-pack` where the store holds something else. */
export function parseFaceSummary(json: string): FaceSummary {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), faceSummary), json);
  if (result.success) return result.output;
  throw new TypecaseError('bad-pack', `The store lists a face that cannot be read: ${result.issues[0].message}.`);
}

/** What is listed of a pack's face. */
export function summaryOf(meta: FaceSummary): FaceSummary {
  const { face, build, family, style, weight, language, coverage, axes } = meta;
  return { face, build, family, style, weight, language, coverage, axes };
}
