import { readPriors } from '../../../server/cli/ingest/read-priors.ts';
import { planLearned } from '../learning/plan-learned.ts';
import { createRandom } from './create-random.ts';
import { type PlanSource, PRIORS } from './face-plan.ts';
import type { Sites } from './sample-session.ts';

/** Sites that are not scored must be so many that what they show can pass the threshold of witnesses. */
const LEAST_LEARNED_SITES = 4;

/**
 * Deltas planned from the priors and page views of the sites that are not scored, by {@link planLearned}.
 *
 * The priors that the project ships have seen the sites of the shared trace data, and not those of other traces.
 */
const LEARNED: PlanSource = {
  trained: true,
  planFor: async (meta, sites, scored) => {
    const others: Sites = new Map([...sites].filter(([site]) => !scored.has(site)));
    if (others.size < LEAST_LEARNED_SITES) return undefined;
    const { share } = await readPriors(meta.language);
    return planLearned(meta, share, others, createRandom('learned', meta.language));
  },
};

/** The sources of plans that are replayed. */
export const PLAN_SOURCES: readonly PlanSource[] = [PRIORS, LEARNED];
