import { describe, expect, it } from 'vitest';
import { codepointSetOf, codepointSetOfText } from '../../../../font-service/codepoints/codepoint-set.ts';
import { parsePlanId } from '../../../../font-service/identifiers.ts';
import type { FaceMeta } from '../../../../font-service/pack/face-meta.ts';
import { createSliceEquivalent, groupLookup } from '../../../../server/ledger/slice-equivalent.ts';

const META = {
  plan: {
    id: parsePlanId('1a2b3c4d'),
    deltas: '',
    slices: [
      { unicodeRange: 'U+4E00-4E07', codepoints: 6 },
      { unicodeRange: 'U+4E02-4E03', codepoints: 2 },
    ],
  },
  files: [
    { name: 's/1a2b3c4d/0', offset: 0, length: 1000 },
    { name: 's/1a2b3c4d/1', offset: 1000, length: 300 },
  ],
} as unknown as FaceMeta;
const NO_GROUPS = new Map<number, number>();
const equivalent = createSliceEquivalent(META, codepointSetOfText('A'));

describe('createSliceEquivalent', () => {
  it('counts each slice that holds some of a set once', () => {
    expect(equivalent.bytesOf(codepointSetOf([0x4e00, 0x4e01]), NO_GROUPS)).toBe(1000);
    expect(equivalent.bytesOf(codepointSetOf([0x4e00, 0x4e02]), NO_GROUPS)).toBe(1300);
  });

  it('takes the later of two ranges that overlap', () => {
    expect(equivalent.bytesOf(codepointSetOf([0x4e03]), NO_GROUPS)).toBe(300);
  });

  it('counts nothing for what no slice holds', () => {
    expect(equivalent.bytesOf(codepointSetOf([0x41, 0x5000]), NO_GROUPS)).toBe(0);
  });

  it('takes of a group only the cheapest slice', () => {
    const groups = groupLookup({ tiers: [codepointSetOf([]), codepointSetOf([0x4e00, 0x4e01, 0x4e02, 0x4e03])] });
    expect(equivalent.bytesOf(codepointSetOf([0x4e00, 0x4e01, 0x4e02, 0x4e03]), groups)).toBe(300);
  });
});
