import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { type DeltaPlan, formatDeltaPlan, groupsOf, parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { describePlan } from '../../font-service/plan/describe-plan.ts';
import { planFace } from '../../font-service/plan/plan-face.ts';
import { membersOfSlices } from '../../font-service/plan/slice-members.ts';
import { expectedCostOfSlices } from '../../font-service/plan/slices.ts';
import type { Usage } from '../../font-service/usage/usage.ts';
import type { StoredPlan } from '../stores/plan-store.ts';
import type { FaceKnowledge, PlanMaterial } from './face-source.ts';

/** A plan that pays, and what a first view is expected to take by slices and by a delta, in one sum of bytes: by the plan before and by this one. */
export type PlanProposal = { readonly plan: StoredPlan; readonly bytesBefore: number; readonly bytesAfter: number };

/**
 * A new plan renames all slices, so that who comes back loads half a view's bytes once more; and it lasts some 20 views of
 * a visitor. So it pays where it saves this part of a view.
 */
const LEAST_GAIN = 0.5 / 20;

/** Plans a face anew; undefined where that would save less than it costs. */
export async function proposePlan(
  usage: Usage,
  face: FaceKnowledge,
  material: PlanMaterial,
  current: Pick<StoredPlan, 'id' | 'deltas' | 'slices'>,
  leastSites: number,
  sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<PlanProposal | undefined> {
  const { askable, priorShare } = face;
  const { sliced, glyphBytes, base } = material;
  const { deltas, slices, share } = planFace({ askable, sliced, glyphBytes, priorShare, usage, leastSites });
  const costOf = (plan: DeltaPlan, cut: readonly CodepointSet[]) =>
    expectedCostOfDeltas(plan, share, glyphBytes) + expectedCostOfSlices(cut, { share, glyphBytes });
  const bytesBefore = costOf(parseDeltaPlan(current.deltas), membersOfSlices(current.slices, base));
  const bytesAfter = costOf(deltas, slices);
  if (bytesBefore - bytesAfter < LEAST_GAIN * bytesAfter) return undefined;
  const described = await describePlan(slices, base, formatDeltaPlan(deltas), sha256);
  return described.id === current.id ? undefined : { plan: { ...described, members: slices }, bytesBefore, bytesAfter };
}

/** What a page's first delta is expected to take: what it shows singly, and whole groups. */
function expectedCostOfDeltas(
  plan: DeltaPlan,
  share: (codepoint: number) => number,
  glyphBytes: (codepoint: number) => number,
): number {
  const singles = Array.from(plan.tiers[0] ?? []).map((codepoint) => [codepoint]);
  return [...singles, ...groupsOf(plan)]
    .map((group) => {
      const isTouched = 1 - group.reduce((none, codepoint) => none * (1 - share(codepoint)), 1);
      return isTouched * group.reduce((sum, codepoint) => sum + glyphBytes(codepoint), 0);
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
