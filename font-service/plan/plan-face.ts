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

/** Plans a face. Pure and deterministic. */
export function planFace(input: FacePlanInput): FacePlan {
  const { askable, sliced, glyphBytes, priorShare, usage, leastSites = DEFAULT_LEAST_SITES } = input;
  const share = usage === undefined ? priorShare : estimateShares(usage, priorShare, leastSites);
  return { deltas: planDeltas({ askable, share }), slices: planSlices({ coverage: sliced, share, glyphBytes }), share };
}

/** What a plan costs: bytes that visits are expected to take, in each of two ways. */
export type PlanCosts = {
  /** Of a visit of five pages by the page's script: rounded deltas and the plan's own text. */
  readonly deltaBytes: number;
  /** Of the same visit by slices, requests weighed as bytes. */
  readonly sliceBytes: number;
};
