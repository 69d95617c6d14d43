import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codepointSetOf,
  codepointSetOfText,
  differenceOf,
  EMPTY_CODEPOINT_SET,
  hasCodepoint,
  intersectionOf,
  isScalarValue,
  unionOf,
} from '../../../font-service/codepoints/codepoint-set.ts';
import { codepointSets, codepoints } from '../../support/arbitrary-codepoints.ts';

describe('isScalarValue', () => {
  it.each([0, 0x41, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff])('accepts %d', (value) => {
    expect(isScalarValue(value)).toBe(true);
  });

  it.each([-1, 0xd800, 0xdbff, 0xdfff, 0x110000, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32 + 0x41])(
    'refuses %d',
    (value) => {
      expect(isScalarValue(value)).toBe(false);
    },
  );
});

describe('codepointSetOf', () => {
  it('sorts, keeps each member once, and leaves out what is no scalar value', () => {
    expect([...codepointSetOf([0x4e00, 0x41, -1, 0x4e00, 0xd800, 0x110000, Number.NaN, 0])]).toEqual([0, 0x41, 0x4e00]);
  });

  it('sorts numbers as numbers', () => {
    expect([...codepointSetOf([100, 9, 20000, 3])]).toEqual([3, 9, 100, 20000]);
  });

  it('makes an empty set of nothing', () => {
    expect(codepointSetOf([])).toEqual(EMPTY_CODEPOINT_SET);
  });
});

describe('codepointSetOfText', () => {
  it('takes a surrogate pair as one codepoint', () => {
    expect([...codepointSetOfText('𠮷a𠮷')]).toEqual([0x61, 0x20bb7]);
  });

  it('leaves out lone surrogates', () => {
    expect([...codepointSetOfText('a\ud842b\udfb7')]).toEqual([0x61, 0x62]);
  });
});

describe('the operations of sets', () => {
  it('agree with those of Set', () => {
    fc.assert(
      fc.property(codepointSets(), codepointSets(), codepoints, (a, b, extra) => {
        const [setA, setB] = [new Set(a), new Set(b)];
        expect([...intersectionOf(a, b)]).toEqual([...a].filter((member) => setB.has(member)));
        expect([...differenceOf(a, b)]).toEqual([...a].filter((member) => !setB.has(member)));
        expect([...unionOf(a, b)]).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
        for (const candidate of [...b, extra]) expect(hasCodepoint(a, candidate)).toBe(setA.has(candidate));
      }),
    );
  });

  it('leave their operands as they were', () => {
    const [a, b] = [codepointSetOf([3, 2, 1]), codepointSetOf([2, 5])];
    unionOf(a, b);
    differenceOf(a, b);
    intersectionOf(a, b);
    expect([[...a], [...b]]).toEqual([
      [1, 2, 3],
      [2, 5],
    ]);
  });

  it('take no sets at all as the empty set', () => {
    expect(unionOf()).toEqual(EMPTY_CODEPOINT_SET);
  });
});
