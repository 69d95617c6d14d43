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
import { askableOf, planDeltas } from '../../../font-service/plan/plan-deltas.ts';
import { codepointSets } from '../../support/arbitrary-codepoints.ts';

const HAN = codepointSetOf(Array.from({ length: 6000 }, (_, index) => 0x4e00 + index));

/** Shares whose order has nothing to do with that of the codepoints. */
const share = (codepoint: number) => 1 / (1 + ((codepoint * 7919) % 6007));

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

describe('planDeltas', () => {
  it('puts every askable codepoint into exactly one tier, and no other', () => {
    fc.assert(
      fc.property(codepointSets({ maxLength: 200 }), (askable) => {
        expect(planDeltas({ askable, share }).tiers).toEqual([askable]);
      }),
      { numRuns: 20 },
    );
    const { tiers } = planDeltas({ askable: HAN, share });
    expect(unionOf(...tiers)).toEqual(HAN);
    expect(tiers.reduce((sum, { length }) => sum + length, 0)).toBe(HAN.length);
  });

  it('puts the commonest 1,500 into tier 0, and the others by falling share', () => {
    const { tiers } = planDeltas({ askable: HAN, share });
    expect(tiers.map(({ length }) => length)).toEqual([1500, 2500, 2000]);
    for (const [index, tier] of tiers.entries()) {
      const least = Math.min(...Array.from(tier, share));
      expect([...(tiers[index + 1] ?? [])].every((codepoint) => share(codepoint) <= least)).toBe(true);
    }
  });

  it('takes equally common ones in the order of codepoints', () => {
    const { tiers } = planDeltas({ askable: HAN, share: () => 0.5 });
    expect(tiers[0]).toEqual(HAN.slice(0, 1500));
  });

  it('makes no empty tier beyond the first', () => {
    expect(planDeltas({ askable: HAN.slice(0, 1500) as CodepointSet, share }).tiers.length).toBe(1);
    expect(planDeltas({ askable: HAN.slice(0, 1501) as CodepointSet, share }).tiers.length).toBe(2);
    expect(planDeltas({ askable: EMPTY_CODEPOINT_SET, share }).tiers).toEqual([EMPTY_CODEPOINT_SET]);
  });
});
