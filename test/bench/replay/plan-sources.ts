import { unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { formatDeltaPlan, parseDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import { planDeltas } from '../../../font-service/plan/plan-deltas.ts';
import { estimateShares } from '../../../font-service/usage/estimate-shares.ts';
import { readPriors } from '../../../server/cli/ingest/read-priors.ts';
import { learnUsage } from '../learning/learn-usage.ts';
import { createRandom } from './create-random.ts';
import { type FacePlan, type PlanSource, PRIORS } from './face-plan.ts';
import type { Sites } from './sample-session.ts';

/** Sites that are not scored must be so many that what they show can pass the threshold of witnesses. */
const LEAST_LEARNED_SITES = 4;
const LEARNED_VIEWS = 4000;

/**
 * Deltas planned from the priors and 4,000 page views of the sites that are not scored; slices stay those of the pack.
 *
 * The priors that the project ships have seen the sites of the shared trace data, and not those of other traces.
 */
const LEARNED: PlanSource = {
  trained: true,
  planFor: async (meta, sites, scored) => {
    const others: Sites = new Map([...sites].filter(([site]) => !scored.has(site)));
    return others.size < LEAST_LEARNED_SITES ? undefined : planFrom(meta, others);
  },
};

async function planFrom(meta: FaceMeta, sites: Sites): Promise<FacePlan> {
  const askable = unionOf(...parseDeltaPlan(meta.plan.deltas).tiers);
  const usage = learnUsage(askable, sites, LEARNED_VIEWS, createRandom('learned', meta.language));
  const share = estimateShares(usage, (await readPriors(meta.language)).share);
  return { ...meta.plan, deltas: formatDeltaPlan(planDeltas({ askable, share })) };
}

/** The sources of plans that are replayed. */
export const PLAN_SOURCES: readonly PlanSource[] = [PRIORS, LEARNED];
