import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CodepointSet,
  codepointSetOf,
  EMPTY_CODEPOINT_SET,
} from '../../../font-service/codepoints/codepoint-set.ts';
import { DEFAULT_SLICE_OPTIONS, planSlices, type SliceInput } from '../../../font-service/plan/slices.ts';

const HAN = codepointSetOf(Array.from({ length: 3000 }, (_, index) => 0x4e00 + index));

/** Zipf-like shares whose order has nothing to do with that of the codepoints. */
const zipfShare = (codepoint: number) => Math.min(0.95, 20 / (1 + ((codepoint * 7919) % 3001)));

function inputOf(coverage: CodepointSet): SliceInput {
  return { coverage, share: zipfShare, glyphBytes: () => 150 };
}

function meanShareOf(slice: CodepointSet): number {
  return slice.reduce((sum, codepoint) => sum + zipfShare(codepoint), 0) / slice.length;
}

const coverages = fc
  .array(fc.integer({ min: 0x3400, max: 0x9fff }), { maxLength: 400 })
  .map((members) => codepointSetOf(members));

describe('planSlices', () => {
  it('puts every codepoint of the coverage into exactly one slice, and no other', () => {
    fc.assert(
      fc.property(
        coverages,
        fc.nat(300),
        fc.integer({ min: 1, max: 60 }),
        (coverage, frequencyOrderedCount, maxSlices) => {
          const slices = planSlices(inputOf(coverage), { frequencyOrderedCount, maxSlices });
          const members = slices.flatMap((slice) => [...slice]).sort((a, b) => a - b);
          expect(members).toEqual([...coverage]);
        },
      ),
    );
  });

  it('never makes more slices than allowed, nor an empty one', () => {
    fc.assert(
      fc.property(coverages, fc.integer({ min: 1, max: 20 }), (coverage, maxSlices) => {
        const slices = planSlices(inputOf(coverage), { maxSlices, requestCostBytes: 0 });
        expect(slices.length).toBeLessThanOrEqual(maxSlices);
        expect(slices.every((slice) => slice.length > 0)).toBe(true);
      }),
    );
  });

  it('makes no more slices than the default allows of a whole face', () => {
    expect(planSlices(inputOf(HAN)).length).toBeLessThanOrEqual(DEFAULT_SLICE_OPTIONS.maxSlices);
  });

  it('makes the same slices of the same input', () => {
    expect(planSlices(inputOf(HAN))).toEqual(planSlices(inputOf(HAN)));
  });

  it('makes no slice of nothing', () => {
    expect(planSlices(inputOf(EMPTY_CODEPOINT_SET))).toEqual([]);
  });

  it('makes one slice of one codepoint', () => {
    expect(planSlices(inputOf(codepointSetOf([0x4e00])))).toEqual([codepointSetOf([0x4e00])]);
  });

  it('puts the rarest first', () => {
    const means = planSlices(inputOf(HAN)).map(meanShareOf);
    expect(means.length).toBeGreaterThan(10);
    expect(means).toEqual(means.toSorted((a, b) => a - b));
  });

  it('keeps what nearly every page draws in the last slice', () => {
    const last = planSlices(inputOf(HAN)).at(-1) ?? EMPTY_CODEPOINT_SET;
    const common = HAN.filter((codepoint) => zipfShare(codepoint) > 0.9);
    expect([...common].every((codepoint) => last.includes(codepoint))).toBe(true);
  });

  it('cuts beyond the commonest into runs in the order of codepoints', () => {
    const slices = planSlices(inputOf(HAN), { frequencyOrderedCount: 0, maxSlices: 8 });
    const byFirst = slices.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    expect(byFirst.flatMap((slice) => [...slice])).toEqual([...HAN]);
  });

  it('makes fewer slices where requests cost more', () => {
    const countAt = (requestCostBytes: number) =>
      planSlices(inputOf(HAN), { requestCostBytes, maxSlices: 1000 }).length;
    expect(countAt(100_000)).toBeLessThan(countAt(3000));
    expect(countAt(3000)).toBeLessThan(countAt(0));
  });
});
