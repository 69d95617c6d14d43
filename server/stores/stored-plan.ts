import * as v from 'valibot';
import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { decodeGaps, encodeGaps } from '../../font-service/codepoints/gap-coding.ts';
import { TypecaseError } from '../../font-service/errors.ts';
import { faceMetaEntries } from '../../font-service/pack/face-meta.ts';
import type { StoredPlan } from './plan-store.ts';

const members = v.pipe(
  v.string(),
  v.regex(/^[A-U][\w-]+$/),
  v.transform((text) => Uint32Array.from(decodeGaps(text)) as CodepointSet),
);
const storedPlan = v.object({ ...faceMetaEntries.plan.entries, members: v.pipe(v.array(members), v.maxLength(1000)) });
const planPointer = v.object({
  face: faceMetaEntries.face,
  build: faceMetaEntries.build,
  plan: faceMetaEntries.plan.entries.id,
});

/** Writes a plan as JSON, its sets as gaps: some 50 kB. */
export function formatStoredPlan(plan: StoredPlan): string {
  return JSON.stringify({ ...plan, members: plan.members.map(encodeGaps) });
}

/** Reads what {@link formatStoredPlan} writes. @throws TypecaseError `bad-pack` where the store holds something else. */
export function parseStoredPlan(json: string): StoredPlan {
  return parseWith(storedPlan, json, 'a plan');
}

/** Reads which plan is current. @throws TypecaseError `bad-pack` where the store holds something else. */
export function parsePlanPointer(json: string): v.InferOutput<typeof planPointer> {
  return parseWith(planPointer, json, 'a current plan');
}

function parseWith<T>(schema: v.GenericSchema<unknown, T>, json: string, what: string): T {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), json);
  if (result.success) return result.output;
  throw new TypecaseError('bad-pack', `The store names ${what} that cannot be read: ${result.issues[0].message}.`);
}
