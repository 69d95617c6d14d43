import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf, codepointSetOfText } from '../../../../font-service/codepoints/codepoint-set.ts';
import { type DeltaPlan, roundToPlan } from '../../../../font-service/plan/delta-plan.ts';
import { lackOf, placeBase, roundToGroups } from '../../../../sw/page/face.ts';
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

describe('places', () => {
  it('are of the codepoints of a base, and of no others', () => {
    const range = fc.tuple(fc.nat(200), fc.nat(20));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), fc.nat(100), (ranges, base) => {
        const face = faceOf([baseRule('base-0', '')]);
        const hex = (at: number) => at.toString(16).toUpperCase();
        const texts = ranges.map(([at, more]) => (more ? `U+${hex(at)}-${hex(at + more)}` : `U+${hex(at)}`));
        placeBase(face, base, texts.join(', '));
        const expected = Array.from({ length: 230 }, (_, codepoint) =>
          ranges.some(([at, more]) => at <= codepoint && codepoint <= at + more) ? base + 1 : 0,
        );
        expect([...face.places.subarray(0, 230)]).toEqual(expected);
        expect(face.bases[base]).toBe(texts.join(', '));
      }),
    );
  });

  it('reach to the end of Unicode', () => {
    expect(faceOf([baseRule('base-0', 'U+10FFFE-10FFFF')]).places.at(-1)).toBe(1);
  });

  it('are in the base whose rule is last, as in CSS', () => {
    const face = faceOf([baseRule('base-1', 'U+20-7E'), baseRule('base-0', 'U+41')]);
    expect([face.places[0x40], face.places[0x41]]).toEqual([2, 1]);
  });

  it('are in a base and in deltas at once, in the plan’s order', () => {
    const face = faceShowing('');
    const texts = face.planned.map((codepoint) => String.fromCodePoint(codepoint));
    expect(texts.join('')).toBe('あい一丁七万丈三上');
    expect(face.singles).toBe(4);
    const placesOf = (text: string) => face.places[text.codePointAt(0)!];
    expect(['a', 'あ', 'う', '一', '鿿'].map(placesOf)).toEqual([1, 128 + 2, 2, 3 * 128, 0]);
  });

  it('are in bases alone where there is no plan, or one of nothing', () => {
    for (const rules of [[], [planRule({ tiers: [] })]]) {
      const face = faceOf([baseRule('base-0', 'U+41'), ...rules]);
      expect(face).toMatchObject({ planned: [], singles: 0 });
      expect(face.places[0x41]).toBe(1);
    }
  });
});

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

  it('is nothing once all of it has been brought, until text is vertical', () => {
    const text = fc.subarray([...'aあう一丈\u0301']).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, fc.boolean(), fc.constantFrom('' as const, 'v' as const), (text, isApplied, suffix) => {
        const face = faceShowing(text, { isApplied, suffix });
        const lack = lackOf(face);
        for (const part of lack) face.brought.add(part);
        expect(lackOf(face).size).toBe(0);
        face.suffix = 'v';
        const isInBases = [...'aあう\u0301'].some((character) => text.includes(character));
        expect(lackOf(face).size > 0).toBe(isInBases && suffix === '');
      }),
    );
  });

  it('names files of bases as the text is set', () => {
    const parts = (isVertical: boolean) => lackBy('aあ\u0301', { isVertical });
    expect(parts(false).filter((part) => part.endsWith('v'))).toEqual([]);
    expect(parts(true)).toEqual(['base-0v', 'base-1v', 'base-2v']);
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
