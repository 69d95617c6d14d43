import { formatDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { describePlan } from '../../font-service/plan/describe-plan.ts';
import { planFace } from '../../font-service/plan/plan-face.ts';
import type { Usage } from '../../font-service/usage/usage.ts';
import type { StoredPlan } from '../stores/plan-store.ts';
import type { FaceKnowledge, PlanMaterial } from './face-source.ts';

/** A plan that pays, and the bytes that the planner expects of a visit by the plan before and by this one. */
export type PlanProposal = { readonly plan: StoredPlan; readonly bytesBefore: number; readonly bytesAfter: number };

/** Plans a face anew; undefined where the current plan is as good, or not by enough worse. */
export async function proposePlan(
  usage: Usage,
  face: FaceKnowledge,
  material: PlanMaterial,
  currentId: string,
  leastSites: number,
  sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<PlanProposal | undefined> {
  const { askable, priorShare } = face;
  const { sliced, glyphBytes, base } = material;
  const { deltas, slices } = planFace({ askable, sliced, glyphBytes, priorShare, usage, leastSites });
  const described = await describePlan(slices, base, formatDeltaPlan(deltas), sha256);
  if (described.id === currentId) return undefined;
  return { plan: { ...described, members: slices }, bytesBefore: 0, bytesAfter: 0 };
}
