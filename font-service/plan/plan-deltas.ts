import { type CodepointSet, codepointSetOf, hasCodepoint } from '../codepoints/codepoint-set.ts';
import type { DeltaPlan } from './delta-plan.ts';

/**
 * Where the tiers end, in codepoints by falling share: beyond 1,500 one is drawn by some pages in a hundred, beyond 4,000
 * by one in a thousand. Each further tier would cost the stylesheet 0.7 to 1 kB, and save nothing on a first view: a
 * group's members beside the one that is drawn are then hardly ever drawn, whatever their shares.
 */
const TIER_ENDS: readonly number[] = [1500, 4000];

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

/** Plans the deltas of a face: its askable codepoints in tiers by falling share, equally common ones ascending. */
export function planDeltas({ askable, share }: DeltaPlanInput): DeltaPlan {
  const ranked = Array.from(askable, (codepoint) => ({ codepoint, share: share(codepoint) }))
    .sort((a, b) => b.share - a.share || a.codepoint - b.codepoint)
    .map(({ codepoint }) => codepoint);
  const starts = [0, ...TIER_ENDS.filter((end) => end < ranked.length)];
  return { tiers: starts.map((start, tier) => codepointSetOf(ranked.slice(start, starts[tier + 1]))) };
}
