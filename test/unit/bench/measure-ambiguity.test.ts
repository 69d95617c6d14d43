import { describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../../font-service/codepoints/codepoint-set.ts';
import { measureAmbiguity } from '../../bench/privacy/measure-ambiguity.ts';

/** あ is common; the ideographs are two groups: 一丁七万 and 丈三上下. */
const PLAN = { tiers: [codepointSetOfText('あい'), codepointSetOfText('一丁七万丈三上下')] };
const PAGES = ['あ一', 'あ丁', 'あい', 'い丈', 'あ'].map(codepointSetOfText);

const measure = (isGrouped: boolean, share = (_: number) => 0.0001) => measureAmbiguity(PLAN, isGrouped, PAGES, share);

describe('measureAmbiguity', () => {
  it('counts pages that make the same request: more, where groups round them', () => {
    expect(measure(false)).toMatchObject({
      pages: 5,
      aloneShare: 1,
      medianAlike: 1,
      rareAloneShare: 1,
      rareShare: 0.6,
    });
    expect(measure(true)).toMatchObject({
      aloneShare: 3 / 5,
      rareAloneShare: 1 / 3,
      rareMedianAlike: 2,
      rareShare: 0.6,
    });
  });

  it('counts the sets that give the same request: any members of a group but not none', () => {
    expect(measure(false).consistentSetsBits).toBe(0);
    expect(measure(true).consistentSetsBits).toBeCloseTo(Math.log2(15));
  });

  it('is two bits unsure of four that are as rare, and less where one of them is much more common', () => {
    expect(measure(true).unsureBits).toBeCloseTo(2, 2);
    const uneven = (codepoint: number) => (codepoint === 0x4e00 || codepoint === 0x4e08 ? 0.01 : 0.00001);
    expect(measure(true, uneven).unsureBits).toBeLessThan(0.1);
    expect(measure(false).unsureBits).toBe(0);
  });

  it('measures no pages, and pages of nothing rare', () => {
    expect(measureAmbiguity(PLAN, true, [], () => 0)).toMatchObject({ pages: 0, aloneShare: 0, rareShare: 0 });
    expect(measureAmbiguity(PLAN, true, [codepointSetOfText('あ')], () => 0)).toMatchObject({
      rareShare: 0,
      unsureBits: 0,
    });
  });
});
