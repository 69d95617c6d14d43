import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodepointSet, codepointSetOf, unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { formatUnicodeRange } from '../../../font-service/codepoints/unicode-range.ts';
import { membersOfSlices } from '../../../font-service/plan/slice-members.ts';
import { expectedCostOfSlices, planSlices } from '../../../font-service/plan/slices.ts';

/** Codepoints dealt out to a base and to slices. */
const dealt = fc.array(fc.nat(4), { minLength: 1, maxLength: 80 }).map((hands) => {
  const of = (hand: number) => codepointSetOf(hands.flatMap((held, index) => (held === hand ? [0x4e00 + index] : [])));
  return { base: of(0), slices: [1, 2, 3, 4].map(of).filter(({ length }) => length > 0) };
});

describe('membersOfSlices', () => {
  it('reads what a stylesheet’s ranges mean, however they run over each other and the base', () => {
    fc.assert(
      fc.property(dealt, ({ base, slices }) => {
        const described = slices.map((members, index) => ({
          unicodeRange: formatUnicodeRange(members, unionOf(base, ...slices.slice(index + 1))),
        }));
        expect(membersOfSlices(described, base)).toEqual(slices);
      }),
    );
  });
});

describe('expectedCostOfSlices', () => {
  const share = (codepoint: number) => 1 / (1 + (codepoint % 97));
  const glyphBytes = (codepoint: number) => 80 + (codepoint % 60);
  const coverage = codepointSetOf(Array.from({ length: 120 }, (_, index) => 0x4e00 + index));

  it('is least for the cut that planSlices makes of its order', () => {
    const planned = planSlices({ coverage, share, glyphBytes });
    const least = expectedCostOfSlices(planned, { share, glyphBytes });
    const ordered = [...coverage].sort((a, b) => share(b) - share(a) || a - b);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 119 }), { maxLength: 20 }), (cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), 120];
        const cut = ends.slice(1).map((end, index): CodepointSet => codepointSetOf(ordered.slice(ends[index], end)));
        // The planner tries not every place.
        expect(expectedCostOfSlices(cut, { share, glyphBytes })).toBeGreaterThanOrEqual(least * 0.99);
      }),
    );
  });

  it('is nothing for no slices, and the whole file for one that every page hits', () => {
    expect(expectedCostOfSlices([], { share, glyphBytes })).toBe(0);
    const one = expectedCostOfSlices(
      [codepointSetOf([0x4e00])],
      { share: () => 1, glyphBytes: () => 100 },
      { fileBytes: 300, requestCostBytes: 0 },
    );
    expect(one).toBeGreaterThan(390);
    expect(one).toBeLessThanOrEqual(400);
  });
});
