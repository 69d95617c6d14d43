import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CodepointSet,
  codepointSetOf,
  codepointSetOfText,
  differenceOf,
  EMPTY_CODEPOINT_SET,
  intersectionOf,
  unionOf,
} from '../../../font-service/codepoints/codepoint-set.ts';
import { groupsOf } from '../../../font-service/plan/delta-plan.ts';
import { askableOf, planDeltas } from '../../../font-service/plan/plan-deltas.ts';
import { codepointSets } from '../../support/arbitrary-codepoints.ts';

const HAN = codepointSetOf(Array.from({ length: 6000 }, (_, index) => 0x4e00 + index));

describe('askableOf', () => {
  it('has what the face has beyond base 0', () => {
    fc.assert(
      fc.property(codepointSets(), codepointSets(), (coverage, first) => {
        const askable = askableOf(coverage, first);
        expect(intersectionOf(askable, coverage)).toEqual(askable);
        expect(intersectionOf(askable, first)).toEqual(EMPTY_CODEPOINT_SET);
        const left = differenceOf(differenceOf(coverage, first), askable);
        expect(
          [...left].every((codepoint) =>
            /[\p{M}\p{Cf}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u.test(String.fromCodePoint(codepoint)),
          ),
        ).toBe(true);
      }),
    );
  });

  it.each([
    ['marks', '\u0301\u3099\u309a\ufe0f\u{e0100}'],
    ['format characters', '\u00ad\u200b\u200d\ufeff'],
    ['conjoining jamo', '\u1100\u1161\u11ff\ua960\ua97c\ud7b0\ud7fb'],
  ])('leaves out %s', (_, text) => {
    expect(askableOf(codepointSetOfText(text), EMPTY_CODEPOINT_SET)).toEqual(EMPTY_CODEPOINT_SET);
  });

  it('has Latin, kana, syllables, compatibility jamo and full-width forms that base 0 lacks', () => {
    const set = codepointSetOfText('éж、かヲ゛한ㄱ々一ＡｶΩ①\u{20bb7}');
    expect(askableOf(set, EMPTY_CODEPOINT_SET)).toEqual(set);
  });
});

/** The shares of the ranks 0 to 5,999 that {@link HAN} has in some order: rank 999 is the last that one page in a thousand has. */
const share = (codepoint: number) => 1 / (1 + ((codepoint * 7919) % 6007));

describe('planDeltas', () => {
  it('puts every askable codepoint into exactly one tier, and no other', () => {
    const shares = fc.constantFrom(0, 0.00002, 0.0002, 0.0009, 0.001, 0.5, 1);
    fc.assert(
      fc.property(codepointSets({ maxLength: 60 }), fc.array(shares, { minLength: 60 }), (askable, shares) => {
        const { tiers } = planDeltas({ askable, share: (codepoint) => shares[askable.indexOf(codepoint)] ?? 0 });
        expect(unionOf(...tiers)).toEqual(askable);
        expect(tiers.reduce((sum, { length }) => sum + length, 0)).toBe(askable.length);
      }),
    );
  });

  it('puts what one page in a thousand draws into tier 0, and the others by falling share', () => {
    const { tiers } = planDeltas({ askable: HAN, share });
    expect(tiers.length).toBe(3);
    expect([...(tiers[0] ?? [])]).toEqual([...HAN].filter((codepoint) => share(codepoint) >= 0.001));
    for (const [index, tier] of tiers.entries()) {
      const least = Math.min(...Array.from(tier, share));
      expect([...(tiers[index + 1] ?? [])].every((codepoint) => share(codepoint) <= least)).toBe(true);
    }
  });

  it('groups at least four, common ones with rare ones where there are fewer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 50 }), fc.nat(50), (length, rare) => {
        const askable = HAN.slice(0, length) as CodepointSet;
        const plan = planDeltas({ askable, share: (codepoint) => (codepoint - 0x4e00 < rare ? 0.0001 : 0.5) });
        for (const group of groupsOf(plan)) expect(group.length).toBeGreaterThanOrEqual(4);
        expect(groupsOf(plan).length > 0).toBe(rare > 0);
      }),
    );
  });

  it('asks for everything singly where all is common, and makes no empty tier beyond the first', () => {
    expect(planDeltas({ askable: HAN, share: () => 0.5 }).tiers).toEqual([HAN]);
    expect(planDeltas({ askable: HAN, share: () => 0.0005 }).tiers).toEqual([EMPTY_CODEPOINT_SET, HAN]);
    expect(planDeltas({ askable: EMPTY_CODEPOINT_SET, share }).tiers).toEqual([EMPTY_CODEPOINT_SET]);
  });
});
