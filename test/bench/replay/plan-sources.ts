import { type PlanSource, PRIORS } from './face-plan.ts';

/** The sources of plans that are replayed. */
export const PLAN_SOURCES: readonly PlanSource[] = [PRIORS];
