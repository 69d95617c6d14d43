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
} from '../../../../font-service/codepoints/codepoint-set.ts';
import { chooseCover } from '../../../../sw/fonts/choose-cover.ts';

const small = fc.array(fc.integer({ min: 1, max: 60 })).map(codepointSetOf);

function cover(wanted: CodepointSet, sets: readonly CodepointSet[]) {
  return chooseCover(
    wanted,
    sets.map((_, index) => `${index}`),
    (name) => sets[Number(name)] ?? EMPTY_CODEPOINT_SET,
  );
}

describe('chooseCover', () => {
  it('covers what can be covered, and says what cannot', () => {
    fc.assert(
      fc.property(small, fc.array(small), (wanted, sets) => {
        const { chosen, missing } = cover(wanted, sets);
        const taken = unionOf(...chosen.map((name) => sets[Number(name)]!));
        expect(missing).toEqual(differenceOf(wanted, unionOf(...sets)));
        expect(intersectionOf(wanted, taken)).toEqual(differenceOf(wanted, missing));
      }),
    );
  });

  it('takes no font that adds nothing to those taken before, and the largest gains first', () => {
    fc.assert(
      fc.property(small, fc.array(small), (wanted, sets) => {
        let left = wanted;
        let lastGain = Number.POSITIVE_INFINITY;
        for (const name of cover(wanted, sets).chosen) {
          const gain = intersectionOf(left, sets[Number(name)]!).length;
          expect(gain).toBeGreaterThan(0);
          expect(gain).toBeLessThanOrEqual(lastGain);
          lastGain = gain;
          left = differenceOf(left, sets[Number(name)]!);
        }
      }),
    );
  });

  it('takes one font instead of three, and the first of two that are alike', () => {
    const sets = ['一', '二三', '一二三四', '一二三四'].map(codepointSetOfText);
    expect(cover(codepointSetOfText('一二三五'), sets)).toEqual({
      chosen: ['2'],
      missing: codepointSetOfText('五'),
    });
  });

  it('is quick with a store full of small deltas', () => {
    const sets = Array.from({ length: 400 }, (_, index) => codepointSetOf([index * 5, index * 5 + 1, index * 5 + 2]));
    const startMs = performance.now();
    expect(cover(unionOf(...sets), sets).chosen).toHaveLength(400);
    expect(performance.now() - startMs).toBeLessThan(500);
  });
});
