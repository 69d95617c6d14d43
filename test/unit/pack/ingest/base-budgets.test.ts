import { describe, expect, it } from 'vitest';
import { unionOf } from '../../../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../../../font-service/codepoints/unicode-range.ts';
import { readPack } from '../../../../font-service/pack/pack.ts';
import { splitAtBase } from '../../../../font-service/plan/base-territory.ts';
import { fontPath, makePacks } from '../../../support/make-pack.ts';

describe('the bases of Korean and Chinese faces', () => {
  it.each([
    ['noto-sans-kr', 'ko'],
    ['noto-sans-sc', 'zh-Hans'],
  ])('of %s begin with one of at most 7,000 bytes, and partition the base territory', async (packageName, language) => {
    const [made] = await makePacks(fontPath(packageName));
    const { meta, codepoints } = readPack(made?.bytes ?? new Uint8Array(0));
    expect(meta.language).toBe(language);
    expect(meta.files.find(({ name }) => name === 'base-0')?.length).toBeLessThanOrEqual(7000);
    const bases = meta.bases.map(({ unicodeRange }) => parseUnicodeRange(unicodeRange));
    expect(unionOf(...bases)).toEqual(splitAtBase(codepoints).base);
    expect(bases.reduce((sum, { length }) => sum + length, 0)).toBe(splitAtBase(codepoints).base.length);
  });
});
