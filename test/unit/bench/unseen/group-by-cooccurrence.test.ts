import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOfText, unionOf } from '../../../../font-service/codepoints/codepoint-set.ts';
import { type DeltaPlan, formatDeltaPlan, groupsOf, parseDeltaPlan } from '../../../../font-service/plan/delta-plan.ts';
import { groupByCooccurrence } from '../../../bench/unseen/group-by-cooccurrence.ts';

const PLAN: DeltaPlan = { tiers: ['あい', '一丁七万三上下不', '世丘両並中主'].map(codepointSetOfText) };
const group = (...texts: readonly string[]) => groupByCooccurrence(PLAN, texts.map(codepointSetOfText));
const textsOf = (plan: DeltaPlan) => plan.tiers.map((tier) => String.fromCodePoint(...tier));

describe('groupByCooccurrence', () => {
  it('puts together what the same pages draw, and leaves the rest by share', () => {
    expect(textsOf(group('あ一三下世', '一三下世い', '丁万上不あ'))).toEqual([
      'あい',
      ...['一三下世', '丁上万不'].map((text) => String.fromCodePoint(...codepointSetOfText(text))),
      '七',
      ...['丘両並中主'].map((text) => String.fromCodePoint(...codepointSetOfText(text))),
    ]);
  });

  it('takes the one whose pages are most alike, not the one that is drawn most', () => {
    const [, first] = textsOf(group('一丁七万', '一丁七万三', '三', '三', '三', '一'));
    expect(first).toContain('三');
    const plan = group('一丁七万', '一丁七万三', '三上', '三', '一丁七万');
    expect(textsOf(plan)[1]).toBe('一丁七万');
  });

  it('leaves a plan as it is where no page draws what is grouped', () => {
    expect(group('あ', 'x')).toEqual(PLAN);
  });

  it('has every codepoint once, groups of four, and survives being written', () => {
    const pages = fc.array(fc.subarray([...unionOf(...PLAN.tiers)]), { maxLength: 8 });
    fc.assert(
      fc.property(pages, (pages) => {
        const plan = groupByCooccurrence(
          PLAN,
          pages.map((page) => codepointSetOfText(String.fromCodePoint(...page))),
        );
        expect(unionOf(...plan.tiers)).toEqual(unionOf(...PLAN.tiers));
        expect(plan.tiers.reduce((sum, { length }) => sum + length, 0)).toBe(16);
        expect(plan.tiers[0]).toEqual(PLAN.tiers[0]);
        expect(groupsOf(plan).map(({ length }) => length)).toEqual([4, 4, 6]);
        expect(groupsOf(parseDeltaPlan(formatDeltaPlan(plan)))).toEqual(groupsOf(plan));
      }),
    );
  });
});
