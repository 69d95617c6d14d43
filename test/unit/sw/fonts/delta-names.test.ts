import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf, unionOf } from '../../../../font-service/codepoints/codepoint-set.ts';
import { parseSet } from '../../../../font-service/codepoints/set-encoding.ts';
import { codepointsOf, deltaNamesOf, isDeltaName } from '../../../../sw/fonts/delta-names.ts';

const set = fc.array(fc.integer({ min: 0x20, max: 0x2ffff }), { maxLength: 300 }).map(codepointSetOf);

describe('names of deltas', () => {
  it('hold the set, and are what the server reads', () => {
    fc.assert(
      fc.property(set, (set) => {
        const names = deltaNamesOf(set);
        expect(names).toHaveLength(set.length ? 1 : 0);
        for (const name of names) {
          expect(codepointsOf(name)).toEqual(set);
          expect(parseSet(name.slice(2))).toEqual(set);
          expect(isDeltaName(name)).toBe(true);
        }
      }),
    );
  });

  it('are several where one would be over the limit', () => {
    const many = codepointSetOf(Array.from({ length: 20_001 }, (_, index) => 0x4e00 + index));
    const names = deltaNamesOf(many);
    expect(names).toHaveLength(3);
    expect(names.map((name) => parseSet(name.slice(2)).length)).toEqual([8000, 8000, 4001]);
    expect(unionOf(...names.map(codepointsOf))).toEqual(many);
  });

  it('are in one spelling', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{1,30}$/), (text) => {
        let isCanonical = true;
        try {
          parseSet(text);
        } catch {
          isCanonical = false;
        }
        expect(isDeltaName(`d/${text}`)).toBe(isCanonical);
      }),
    );
  });

  it('say nothing where they are none', () => {
    expect(codepointsOf('base-0')).toHaveLength(0);
    expect(codepointsOf('s/01234567/3')).toHaveLength(0);
  });
});
