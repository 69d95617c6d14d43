import type { CodepointSet } from '../codepoints/codepoint-set.ts';
import { DEFAULT_LEAST_SITES, estimateShares } from '../usage/estimate-shares.ts';
import type { Usage } from '../usage/usage.ts';
import type { DeltaPlan } from './delta-plan.ts';
import { planDeltas } from './plan-deltas.ts';
import { planSlices } from './slices.ts';

/** What a face is planned from. */
export type FacePlanInput = {
  /** What deltas may be asked for, by `askableOf`. */
  readonly askable: CodepointSet;
  /** What no base holds: Han and Hangul. */
  readonly sliced: CodepointSet;
  /** The compressed bytes that a codepoint's glyph adds to a file. */
  readonly glyphBytes: (codepoint: number) => number;
  /** The share of pages that draw a codepoint, by the priors. */
  readonly priorShare: (codepoint: number) => number;
  readonly usage?: Usage;
  /** What fewer distinct sites have shown is unknown to the plan. */
  readonly leastSites?: number;
};

/** How a face is cut, and the shares of pages that this follows from. */
export type FacePlan = {
  readonly deltas: DeltaPlan;
  /** In the stylesheet's order: rarest first. */
  readonly slices: readonly CodepointSet[];
  readonly share: (codepoint: number) => number;
};

/**
 * Plans a face: what is asked for singly and in which groups, and how the slices are cut. Pure and deterministic.
 *
 * What is made least is what visits are expected to load: for slices bytes and a cost for each request, by {@link planSlices};
 * for deltas bytes, within the bounds that privacy sets, by {@link planDeltas}. Requests of deltas do not depend on the
 * plan. Whether a plan saves more than it costs in caches is for who has the one before.
 *
 * There is no companion of Han or Hangul to base 0: on sites left out of the priors, a base 0 that also holds what 60 % of pages
 * draw makes first pages 0.03 to 0.20 of the least possible dearer and five pages of a site 0.01 to 0.03, and saves nothing on
 * visits of five sites; lower shares are worse on the first two, and save at most 0.025 on the last.
 */
export function planFace(input: FacePlanInput): FacePlan {
  const { askable, sliced, glyphBytes, priorShare, usage, leastSites = DEFAULT_LEAST_SITES } = input;
  const share = usage === undefined ? priorShare : estimateShares(usage, priorShare, leastSites);
  return { deltas: planDeltas({ askable, share }), slices: planSlices({ coverage: sliced, share, glyphBytes }), share };
}
