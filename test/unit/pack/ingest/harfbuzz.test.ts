import { describe, expect, it } from 'vitest';
import { convertToWoff2, subsetWithHarfBuzz } from '../../../../font-service/pack/ingest/harfbuzz.ts';
import { refusalOfAsync } from '../../../support/refusal-of.ts';
import { makeSmallFont } from '../../../support/small-font.ts';

describe('convertToWoff2', () => {
  it('packs fonts that are given at the same time as it packs them one by one', async () => {
    const fonts = [await makeSmallFont('ABC'), await makeSmallFont('かなカナ'), await makeSmallFont('一二三四五')];
    const alone: Uint8Array[] = [];
    for (const font of fonts) alone.push(await convertToWoff2(font));
    const together = await Promise.all(fonts.map(convertToWoff2));
    expect(together.map((packed, index) => Buffer.from(packed).equals(alone[index] ?? packed))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('refuses what is no font, and packs the next one', async () => {
    const font = await makeSmallFont('ABC');
    const refusals = [
      refusalOfAsync(() => convertToWoff2(new Uint8Array(100))),
      refusalOfAsync(() => convertToWoff2(font)),
    ];
    expect((await Promise.all(refusals)).map((refusal) => refusal?.code)).toEqual(['bad-font', undefined]);
  });
});

describe('subsetWithHarfBuzz', () => {
  it('subsets fonts that are given at the same time as it subsets them one by one', async () => {
    const font = await makeSmallFont('ABCかなカナ一二三');
    const woff2 = await convertToWoff2(font);
    const texts = ['A', 'かな', '一', 'BC一二'];
    const alone: Uint8Array[] = [];
    for (const text of texts) alone.push(await subsetWithHarfBuzz(font, { text }));
    const together = await Promise.all(
      texts.map((text, index) => subsetWithHarfBuzz(index % 2 ? woff2 : font, { text })),
    );
    expect(together.map(({ length }) => length)).toEqual(alone.map(({ length }) => length));
  });
});
