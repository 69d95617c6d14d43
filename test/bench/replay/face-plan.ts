import { type CodepointSet, codepointSetOf, unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../../font-service/codepoints/unicode-range.ts';
import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { formatDeltaPlan, parseDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import type { Sites } from './sample-session.ts';

/** How a face is cut: its slices, and what deltas may be asked for; as packs and stylesheets have it. */
export type FacePlan = FaceMeta['plan'];

/** Where plans come from. */
export type PlanSource = {
  /** Whether it has learned from sites. */
  readonly trained: boolean;
  /**
   * Plans a face for a session in which `scored` sites are visited, from pages of the other ones only; undefined where there
   * are too few. Equal plans have equal ids, and are set up once: leave several sites out at a time.
   */
  planFor(meta: FaceMeta, sites: Sites, scored: ReadonlySet<string>): Promise<FacePlan | undefined>;
};

/** The plan that a pack is made with, from the priors that the project ships. */
export const PRIORS: PlanSource = { trained: false, planFor: async ({ plan }) => plan };

/**
 * The plan with its rounding off: every codepoint is asked for by itself, and so may be shared with other sites. It is not
 * private, and is replayed to see what privacy costs.
 */
export function withoutGroups(plan: FacePlan): FacePlan {
  return { ...plan, deltas: formatDeltaPlan({ tiers: [unionOf(...parseDeltaPlan(plan.deltas).tiers)] }) };
}

/** The exact members of each slice: ranges bridge what later rules claim, so that the last rule that names one has it. */
export function membersOfSlices({ slices }: FacePlan, bases: FaceMeta['bases']): readonly CodepointSet[] {
  const claimed = new Set(bases.flatMap(({ unicodeRange }) => [...parseUnicodeRange(unicodeRange)]));
  const members: CodepointSet[] = [];
  for (const { unicodeRange } of slices.toReversed()) {
    const own = parseUnicodeRange(unicodeRange).filter((codepoint) => !claimed.has(codepoint));
    for (const codepoint of own) claimed.add(codepoint);
    members.unshift(codepointSetOf(own));
  }
  return members;
}

/** By codepoint, the index of the last of some sets that has it. */
export function ownersOf(sets: readonly CodepointSet[]): ReadonlyMap<number, number> {
  return new Map(sets.flatMap((set, index) => Array.from(set, (codepoint) => [codepoint, index] as const)));
}
