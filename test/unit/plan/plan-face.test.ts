import { describe, expect, it } from 'vitest';
import {
  type CodepointSet,
  codepointSetOf,
  hasCodepoint,
  unionOf,
} from '../../../font-service/codepoints/codepoint-set.ts';
import { planFace } from '../../../font-service/plan/plan-face.ts';
import { createDeltaReading, observe } from '../../../font-service/usage/observe.ts';
import { createUsage, type Usage } from '../../../font-service/usage/usage.ts';
import { pageOf } from '../../support/arbitrary-observations.ts';

const HAN = codepointSetOf(Array.from({ length: 3000 }, (_, index) => 0x4e00 + index));
/** By the priors the first thousand are common; sites of another kind show the last hundred. */
const priorShare = (codepoint: number) => (codepoint < 0x4e00 + 1000 ? 0.2 : 0.0001);
const OTHERS = HAN.slice(-100) as CodepointSet;
const READING = createDeltaReading(HAN, { tiers: [HAN] }, priorShare);
const INPUT = { askable: HAN, sliced: HAN, glyphBytes: () => 120, priorShare };

function shownBy(sites: number): Usage {
  const usage = createUsage(HAN, 0);
  for (let page = 0; page < sites * 100; page++)
    observe(
      usage,
      pageOf(1 + (page % sites), page % 400, unionOf(OTHERS, HAN.slice(0, 300) as CodepointSet)),
      READING,
      0,
    );
  return usage;
}

const singlesOf = (usage?: Usage) => planFace({ ...INPUT, ...(usage && { usage }) }).deltas.tiers[0] ?? HAN;

describe('planFace', () => {
  it('plans from the priors alone, all that is sliced in slices and all that is askable in deltas', () => {
    const { deltas, slices } = planFace(INPUT);
    expect(unionOf(...deltas.tiers)).toEqual(HAN);
    expect(unionOf(...slices)).toEqual(HAN);
    expect(deltas.tiers[0]).toEqual(HAN.slice(0, 1000));
  });

  it('learns what sites show that the priors did not know', () => {
    const singles = singlesOf(shownBy(5));
    expect([...OTHERS].every((codepoint) => hasCodepoint(singles, codepoint))).toBe(true);
    expect(hasCodepoint(singles, 0x4e00 + 1500)).toBe(false);
  });

  it('learns nothing that only two sites show', () => {
    const singles = singlesOf(shownBy(2));
    expect([...OTHERS].some((codepoint) => hasCodepoint(singles, codepoint))).toBe(false);
  });

  it('moves into the last slices of the stylesheet what sites show', () => {
    const { slices } = planFace({ ...INPUT, usage: shownBy(5) });
    const before = planFace(INPUT).slices;
    const placeOf = (cut: typeof slices) => cut.findIndex((slice) => hasCodepoint(slice, OTHERS[50] ?? 0)) / cut.length;
    expect(placeOf(slices)).toBeGreaterThan(placeOf(before) + 0.2);
  });

  it('makes the same plan of the same usage', () => {
    const plan = ({ deltas, slices }: ReturnType<typeof planFace>) => ({ deltas, slices });
    expect(plan(planFace({ ...INPUT, usage: shownBy(4) }))).toEqual(plan(planFace({ ...INPUT, usage: shownBy(4) })));
  });
});
