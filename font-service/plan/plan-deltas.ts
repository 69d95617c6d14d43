import { type CodepointSet, codepointSetOf, hasCodepoint } from '../codepoints/codepoint-set.ts';
import { type DeltaPlan, GROUP_SIZE } from './delta-plan.ts';

/**
 * From this share of pages on a codepoint is common: what one page in a thousand draws tells little of who draws it, and is
 * asked for singly.
 *
 * Privacy sets this, not bytes, which fall with it all the way. On sites left out of the priors, five pages of a site cost
 * 0.007 to 0.015 of the least possible more at 0.002 than here, and 0.006 to 0.011 less at 0.0005; five sites with the hub 0.04 to
 * 0.10 more and 0.03 to 0.07 less (`npm run bench:unseen -- --groups`).
 */
const LEAST_COMMON_SHARE = 0.001;
/**
 * Where the tiers end, in shares. A further end at 0.0001 would cost the stylesheet 0.4 to 1.2 kB, and save at most 0.03 of the
 * least possible on visits of five sites.
 */
export const TIER_SHARES: readonly [number, ...number[]] = [LEAST_COMMON_SHARE, 0.0002];

/** What layout joins with its neighbours, or what has no glyph of its own: marks, format characters, conjoining jamo. */
const LAYOUT_BOUND = /[\p{M}\p{Cf}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

/** What a plan of deltas is made from. */
export type DeltaPlanInput = {
  /** The codepoints that deltas of the face may be asked for, by {@link askableOf}. */
  readonly askable: CodepointSet;
  /** The estimated share of pages that draw a codepoint, 0 to 1. */
  readonly share: (codepoint: number) => number;
};

/**
 * The codepoints of a face that deltas may be asked for: all but those of base 0, which every page has, and those that
 * only the layout of a base draws right.
 */
export function askableOf(coverage: CodepointSet, firstBase: CodepointSet): CodepointSet {
  return coverage.filter(
    (codepoint) => !hasCodepoint(firstBase, codepoint) && !LAYOUT_BOUND.test(String.fromCodePoint(codepoint)),
  ) as CodepointSet;
}

/**
 * Plans the deltas of a face: its askable codepoints in tiers by falling share, equally common ones ascending; the common
 * ones are tier 0.
 * @param tierShares where the tiers end, falling; others than the project's are for measuring what they are worth.
 *
 * A group's members are alike in how common they are, and not in what is written together. Groups learned from co-occurrence
 * (greedy by Jaccard index over pages of other sites) were tried on sites left out of the priors, by `npm run bench:unseen --
 * --groups`. Of what is rarer than 0.001 they take from 0.1 % fewer to 0.3 % more bytes than these, below 0.005, where there is more
 * to win, 0.1 to 2.1 % more. What so few pages draw is seen too seldom to say what it goes with on another site; and whoever could
 * have a rare codepoint grouped with ones that nobody draws would undo what groups are for.
 */
export function planDeltas({ askable, share }: DeltaPlanInput, tierShares: readonly number[] = TIER_SHARES): DeltaPlan {
  const ranked = Array.from(askable, (codepoint) => ({ codepoint, share: share(codepoint) })).sort(
    (a, b) => b.share - a.share || a.codepoint - b.codepoint,
  );
  const ends = tierShares.map((least) => countAtLeast(ranked, least));
  const left = ranked.length - (ends[0] ?? 0);
  if (left > 0 && left < GROUP_SIZE) ends[0] = Math.max(0, ranked.length - GROUP_SIZE);
  const cuts = [0, ...new Set(ends.filter((end) => end < ranked.length)), ranked.length];
  return {
    tiers: cuts
      .slice(1)
      .map((end, index) => codepointSetOf(ranked.slice(cuts[index], end).map(({ codepoint }) => codepoint))),
  };
}

function countAtLeast(ranked: readonly { readonly share: number }[], least: number): number {
  const count = ranked.findIndex(({ share }) => share < least);
  return count < 0 ? ranked.length : count;
}
