import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CodepointSet,
  codepointSetOf,
  codepointSetOfText,
  EMPTY_CODEPOINT_SET,
  hasCodepoint,
  intersectionOf,
  unionOf,
} from '../../../font-service/codepoints/codepoint-set.ts';
import { type DeltaPlan, formatDeltaPlan, parseDeltaPlan, roundToPlan } from '../../../font-service/plan/delta-plan.ts';
import { createRandom } from '../../bench/replay/create-random.ts';
import { codepointSets } from '../../support/arbitrary-codepoints.ts';

const EMPTY_PLAN: DeltaPlan = { tiers: [EMPTY_CODEPOINT_SET] };

/** Plans of one to four tiers, none empty. */
const plans: fc.Arbitrary<DeltaPlan> = fc
  .tuple(codepointSets({ minLength: 8, maxLength: 300 }), fc.array(fc.nat(3), { minLength: 300, maxLength: 300 }))
  .map(([askable, tierOf]) => {
    const tiers = [0, 1, 2, 3].map((tier) => askable.filter((_, index) => tierOf[index] === tier) as CodepointSet);
    return { tiers: tiers.filter(({ length }) => length > 0) };
  });

const askableOf = ({ tiers }: DeltaPlan) => unionOf(...tiers);

/** Any set, part of which the plan has. */
const asked = (plan: DeltaPlan) =>
  fc
    .tuple(codepointSets({ maxLength: 20 }), fc.subarray([...askableOf(plan)]))
    .map(([any, own]) => unionOf(any, codepointSetOf(own)));

const plansAndSets = plans.chain((plan) => fc.tuple(fc.constant(plan), asked(plan)));

/** The groups of a plan, one by one, as rounding shows them. */
function groupsOf(plan: DeltaPlan): readonly string[] {
  const grouped = plan.tiers.slice(1).flatMap((tier) => [...tier]);
  return [...new Set(grouped.map((member) => roundToPlan(plan, codepointSetOf([member])).rare.join()))];
}

describe('formatDeltaPlan and parseDeltaPlan', () => {
  it('give back any plan, in characters that a CSS string and a URL hold as they are', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const text = formatDeltaPlan(plan);
        expect(text).toMatch(/^[\w.,-]+$/);
        expect(parseDeltaPlan(text)).toEqual(plan);
      }),
    );
  });

  it('write one text of a plan', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(formatDeltaPlan(parseDeltaPlan(formatDeltaPlan(plan)))).toBe(formatDeltaPlan(plan));
      }),
    );
  });

  it('write blocks of 1,024 codepoints with the lists that the format says', () => {
    const [first, second] = [codepointSetOf([0x402]), codepointSetOf([0x400, 0x401, 0xc00])];
    // Block 1: members 0, 1, 2 of which tier 0 has the third; block 3: member 0, none of it in tier 0.
    expect(formatDeltaPlan({ tiers: [first, second] })).toBe(',AH.A3,,Af.');
  });

  it('write nothing of a plan of nothing', () => {
    expect(formatDeltaPlan(EMPTY_PLAN)).toBe('');
    expect(parseDeltaPlan('')).toEqual(EMPTY_PLAN);
  });

  it('leave other blocks alike where two plans differ in one', () => {
    const han = codepointSetOf(Array.from({ length: 3000 }, (_, index) => 0x4e00 + 3 * index));
    const plan = (text: string) =>
      formatDeltaPlan({
        tiers: [unionOf(codepointSetOfText(text), han.slice(0, 500) as CodepointSet), han.slice(500)] as CodepointSet[],
      });
    const [one, other] = [plan('ABC').split(','), plan('AB').split(',')];
    expect(one[0]).not.toBe(other[0]);
    expect(one.slice(1)).toEqual(other.slice(1));
  });

  it('read any text without an error, in time that its length bounds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AFUZ09-_.,é'), maxLength: 200 }), (text) => {
        expect(parseDeltaPlan(text).tiers.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('roundToPlan', () => {
  it('gives the members of tier 0 singly', () => {
    fc.assert(
      fc.property(plansAndSets, ([plan, set]) => {
        expect(roundToPlan(plan, set).common).toEqual(intersectionOf(set, plan.tiers[0]!));
      }),
    );
  });

  it('contains all that is asked and askable, and nothing that is not askable', () => {
    fc.assert(
      fc.property(plansAndSets, ([plan, set]) => {
        const { common, rare } = roundToPlan(plan, set);
        const given = unionOf(common, rare);
        expect([...intersectionOf(set, askableOf(plan))].every((codepoint) => hasCodepoint(given, codepoint))).toBe(
          true,
        );
        expect(intersectionOf(given, askableOf(plan))).toEqual(given);
        expect(intersectionOf(common, rare)).toEqual(EMPTY_CODEPOINT_SET);
      }),
    );
  });

  it('gives what it gives when it is asked for what it has given', () => {
    fc.assert(
      fc.property(plansAndSets, ([plan, set]) => {
        const rounded = roundToPlan(plan, set);
        expect(roundToPlan(plan, unionOf(rounded.common, rounded.rare))).toEqual(rounded);
      }),
    );
  });

  it('gives rare codepoints in disjoint groups of 4, the last of 4 to 7', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const rest = plan.tiers.slice(1).flatMap((tier) => [...tier]);
        const groups = groupsOf(plan).map((group) => group.split(','));
        expect(
          groups
            .flat()
            .map(Number)
            .sort((a, b) => a - b),
        ).toEqual(rest.sort((a, b) => a - b));
        for (const group of groups.slice(0, -1)) expect(group.length).toBe(4);
        const last = groups.at(-1)?.length ?? 4;
        expect(last).toBeGreaterThanOrEqual(Math.min(4, rest.length));
        expect(last).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('puts neighbours of one tier, and the end of a tier with the begin of the next, into one group', () => {
    const tiers = ['あ', '一丁七万三', '亜丈与', '両'].map(codepointSetOfText);
    expect(groupsOf({ tiers }).map((group) => String.fromCodePoint(...group.split(',').map(Number)))).toEqual([
      '一丁七万',
      '丈三与両亜',
    ]);
  });

  it('takes fewer than four rare codepoints for one group', () => {
    const tiers = [codepointSetOfText('あ'), codepointSetOfText('一丁'), codepointSetOfText('三')];
    expect(roundToPlan({ tiers }, codepointSetOfText('丁')).rare).toEqual(codepointSetOfText('一丁三'));
  });

  it('gives nothing of a plan of nothing, and of nothing', () => {
    const nothing = { common: EMPTY_CODEPOINT_SET, rare: EMPTY_CODEPOINT_SET };
    expect(roundToPlan(EMPTY_PLAN, codepointSetOfText('一あA'))).toEqual(nothing);
    expect(roundToPlan({ tiers: [] }, codepointSetOfText('一あA'))).toEqual(nothing);
    expect(roundToPlan({ tiers: [codepointSetOfText('一')] }, EMPTY_CODEPOINT_SET)).toEqual(nothing);
  });
});

describe('a plan of a large face', () => {
  /** Unihan as a pan-CJK face has it: whole blocks, and one in sixteen of the supplementary ideographs. */
  const codepoints = codepointSetOf([
    ...Array.from({ length: 0xa000 - 0x3400 }, (_, index) => 0x3400 + index),
    ...Array.from({ length: 0x2a700 - 0x20000 }, (_, index) => 0x20000 + index).filter((code) => code % 16 === 7),
  ]);

  // Tiers at random say the most that a plan can: no usage makes them longer.
  it.each([
    [1 / 3, 1 / 3],
    [1 / 2, 1 / 4],
    [1 / 8, 1 / 4],
  ])('takes at most 12 kB compressed, whatever is common: %f, then %f of the rest', (common, next) => {
    const random = createRandom('tiers', common, next);
    const tierOf = Array.from(codepoints, () => (random() < common ? 0 : random() < next ? 1 : 2));
    const tiers = [0, 1, 2].map((tier) => codepoints.filter((_, index) => tierOf[index] === tier) as CodepointSet);
    expect(codepoints.length).toBeGreaterThan(29_000);
    expect(brotliCompressSync(formatDeltaPlan({ tiers })).length).toBeLessThanOrEqual(12_000);
  });
});
