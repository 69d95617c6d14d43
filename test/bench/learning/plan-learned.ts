import { unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { formatDeltaPlan, parseDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import { planDeltas } from '../../../font-service/plan/plan-deltas.ts';
import { estimateShares } from '../../../font-service/usage/estimate-shares.ts';
import type { Random } from '../replay/create-random.ts';
import type { FacePlan } from '../replay/face-plan.ts';
import type { Sites } from '../replay/sample-session.ts';
import { learnUsage } from './learn-usage.ts';
import type { Share } from './priors-without.ts';

const LEARNED_VIEWS = 4000;

/** Plans the deltas of a face from priors and 4,000 page views of some sites; slices stay those of the pack. */
export function planLearned({ plan }: FaceMeta, priorShare: Share, sites: Sites, random: Random): FacePlan {
  const askable = unionOf(...parseDeltaPlan(plan.deltas).tiers);
  const share = estimateShares(learnUsage(askable, sites, LEARNED_VIEWS, random), priorShare);
  return { ...plan, deltas: formatDeltaPlan(planDeltas({ askable, share })) };
}
