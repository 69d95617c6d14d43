import { unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { type DeltaPlan, formatDeltaPlan, parseDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import { planDeltas, TIER_SHARES } from '../../../font-service/plan/plan-deltas.ts';
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

/** The project's own. */
const [LEAST_COMMON_SHARE] = TIER_SHARES;
/** Other thresholds that groups by share are scored at; the last has most to win by co-occurrence. */
const OTHER_SHARES = [0.0005, 0.002, 0.005] as const;

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

/** Plans groups by share at other thresholds, and by co-occurrence at the project's and at 0.005; by priors alone. */
export function planGroups({ meta, priorShare, others }: FoldPlanInput): readonly FoldPlan[] {
  const pages = [...others.values()].flat().map(({ codepoints }) => codepoints);
  const input = { askable: askableIn(meta), share: priorShare };
  const byShare = (least: number) => planDeltas(input, tierSharesFrom(least));
  const byCooccurrence = [LEAST_COMMON_SHARE, OTHER_SHARES[2]];
  return [
    ...OTHER_SHARES.map((leastCommonShare) => {
      return { planning: 'priors', leastCommonShare, plan: toFacePlan(meta, byShare(leastCommonShare)) } as const;
    }),
    ...byCooccurrence.map((leastCommonShare) => {
      const plan = toFacePlan(meta, groupByCooccurrence(byShare(leastCommonShare), pages));
      return { planning: 'cooccurrence', leastCommonShare, plan } as const;
    }),
  ];
}

/** Further tiers end where the project's do. */
function tierSharesFrom(least: number): readonly number[] {
  return [least, ...TIER_SHARES.filter((share) => share < least)];
}

function askableIn({ plan }: FaceMeta) {
  return unionOf(...parseDeltaPlan(plan.deltas).tiers);
}

function toFacePlan({ plan }: FaceMeta, deltas: DeltaPlan): FacePlan {
  return { ...plan, deltas: formatDeltaPlan(deltas) };
}
