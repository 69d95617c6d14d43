import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf, codepointSetOfText } from '../../../../font-service/codepoints/codepoint-set.ts';
import { type DeltaPlan, roundToPlan } from '../../../../font-service/plan/delta-plan.ts';
import { lackOf, roundToGroups } from '../../../../sw/page/face.ts';
import { baseRule, faceOf, planRule } from '../../../support/face-of-page.ts';

/** Kana are in base 1 and in deltas, marks in base 2 alone. */
const PLAN: DeltaPlan = { tiers: [codepointSetOfText('あい一丁'), codepointSetOfText('七万丈三上')] };

function faceShowing(text: string, { isApplied = false, suffix = '' as '' | 'v', isVertical = false } = {}) {
  const bases = [`base-0${suffix}`, `base-1${suffix}`, `base-2${suffix}`];
  const ranges = ['U+20-7e, U+3001', 'U+3041-3096', 'U+300-303'];
  const face = faceOf([...bases.map((base, index) => baseRule(base, ranges[index] ?? '')), planRule(PLAN)], isApplied);
  for (const codepoint of codepointSetOfText(text)) if (face.places[codepoint]) face.shown.add(codepoint);
  if (isVertical) face.suffix = 'v';
  return face;
}

function lackBy(...given: Parameters<typeof faceShowing>): readonly string[] {
  const parts = Array.from(lackOf(faceShowing(...given)), (part) =>
    typeof part === 'number' ? String.fromCodePoint(part) : part,
  );
  return parts.sort();
}

describe('what the page lacks of a face', () => {
  it('are base 0, what deltas have, and bases for what they lack', () => {
    expect(lackBy('aあ一\u0301鿿')).toEqual(['base-0', 'base-2', 'あ', '一']);
  });

  it('are the bases of all that layout acts on where text is vertical, or the sheet is for that', () => {
    expect(lackBy('aあ一', { isVertical: true })).toEqual(['base-0v', 'base-1v', '一']);
    expect(lackBy('aあ一', { suffix: 'v' })).toEqual(['base-0v', 'base-1v', '一']);
  });

  it('are not the bases that CSS brings', () => {
    expect(lackBy('aあ一\u0301', { isApplied: true })).toEqual(['一']);
    expect(lackBy('aあ一', { isApplied: true, isVertical: true })).toEqual(['base-0v', 'base-1v', '一']);
    expect(lackBy('aあ一', { isApplied: true, suffix: 'v', isVertical: true })).toEqual(['一']);
  });

  it('is nothing that has been brought', () => {
    const face = faceShowing('a一丁');
    for (const part of ['base-0', 0x4e00]) face.brought.add(part);
    expect([...lackOf(face)]).toEqual([0x4e01]);
  });
});

describe('rounding to groups', () => {
  const plans = fc.uniqueArray(fc.integer({ min: 0x4e00, max: 0x4eff }), { minLength: 1, maxLength: 60 }).chain((all) =>
    fc.tuple(fc.nat(all.length), fc.nat(all.length), fc.subarray(all)).map(([one, other, asked]) => {
      const ends = [0, Math.min(one, other), Math.max(one, other), all.length];
      const tiers = [0, 1, 2].map((tier) => codepointSetOf(all.slice(ends[tier], ends[tier + 1])));
      return { plan: { tiers }, asked: codepointSetOf(asked) };
    }),
  );

  it('agrees with the plan’s own', () => {
    fc.assert(
      fc.property(plans, ({ plan, asked }) => {
        const [common, rare] = roundToGroups(faceOf([baseRule('base-0', 'U+20-7E'), planRule(plan)]), asked);
        const expected = roundToPlan(plan, asked);
        expect(codepointSetOf(common)).toEqual(expected.common);
        expect(codepointSetOf(rare)).toEqual(expected.rare);
        expect(rare.length).toBe(expected.rare.length);
      }),
    );
  });
});
