import { unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { type DeltaPlan, formatDeltaPlan, parseDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import { planDeltas } from '../../../font-service/plan/plan-deltas.ts';
import { planLearned } from '../learning/plan-learned.ts';
import type { Share } from '../learning/priors-without.ts';
import type { Random } from '../replay/create-random.ts';
import { type FacePlan, withoutGroups } from '../replay/face-plan.ts';
import type { Sites } from '../replay/sample-session.ts';
import { groupByCooccurrence } from './group-by-cooccurrence.ts';
import type { UnseenVariant } from './unseen-results.ts';

/** A plan that has not seen the sites of a fold. */
export type FoldPlan = Omit<UnseenVariant, 'brotliQuality'> & { readonly plan: FacePlan };

/** What a fold is planned from. */
export type FoldPlanInput = {
  readonly meta: FaceMeta;
  /** By priors that are blended without the fold's sites. */
  readonly priorShare: Share;
  /** The sites of the other folds. */
  readonly others: Sites;
  readonly random: Random;
};

/** The project's own; plan-deltas.ts has it. */
const LEAST_COMMON_SHARE = 0.001;
/** Further tiers end where the project's do. */
const WIDER_TIER_SHARES: readonly number[] = [0.005, LEAST_COMMON_SHARE, 0.0002];

/** Plans a face for a fold as the service would. */
export function planFold({ meta, priorShare, others, random }: FoldPlanInput): readonly FoldPlan[] {
  const plan = toFacePlan(meta, planDeltas({ askable: askableIn(meta), share: priorShare }));
  const leastCommonShare = LEAST_COMMON_SHARE;
  return [
    { planning: 'exact', leastCommonShare: 0, plan: withoutGroups(plan) },
    { planning: 'priors', leastCommonShare, plan },
    { planning: 'trained', leastCommonShare, plan: planLearned(meta, priorShare, others, random) },
  ];
}

/** Plans groups by co-occurrence, at the project's threshold and at 0.005, where groups by share are beside them. */
export function planGroups({ meta, priorShare, others }: FoldPlanInput): readonly FoldPlan[] {
  const pages = [...others.values()].flat().map(({ codepoints }) => codepoints);
  const input = { askable: askableIn(meta), share: priorShare };
  const [narrow, wide] = [planDeltas(input), planDeltas(input, WIDER_TIER_SHARES)];
  const [leastCommonShare, leastWide = 0] = [LEAST_COMMON_SHARE, WIDER_TIER_SHARES[0]];
  const regroup = (plan: DeltaPlan) => toFacePlan(meta, groupByCooccurrence(plan, pages));
  return [
    { planning: 'cooccurrence', leastCommonShare, plan: regroup(narrow) },
    { planning: 'priors', leastCommonShare: leastWide, plan: toFacePlan(meta, wide) },
    { planning: 'cooccurrence', leastCommonShare: leastWide, plan: regroup(wide) },
  ];
}

function askableIn({ plan }: FaceMeta) {
  return unionOf(...parseDeltaPlan(plan.deltas).tiers);
}

function toFacePlan({ plan }: FaceMeta, deltas: DeltaPlan): FacePlan {
  return { ...plan, deltas: formatDeltaPlan(deltas) };
}
