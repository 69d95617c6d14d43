import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CodepointSet,
  codepointSetOfText,
  hasCodepoint,
  unionOf,
} from '../../../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../../../font-service/codepoints/unicode-range.ts';
import { cutBase } from '../../../../font-service/pack/ingest/cut-base.ts';
import { openFont } from '../../../../font-service/pack/ingest/open-font.ts';
import { type Pack, readPack, readPackExtent } from '../../../../font-service/pack/pack.ts';
import { splitAtBase } from '../../../../font-service/plan/base-territory.ts';
import { parseDeltaPlan } from '../../../../font-service/plan/delta-plan.ts';
import { askableOf } from '../../../../font-service/plan/plan-deltas.ts';
import { openWithFontkit } from '../../../support/harfbuzz-judge.ts';
import { fontPath, makePacks, readFont } from '../../../support/make-pack.ts';
import { openForShaping, type ShapedGlyph, type ShapeOptions } from '../../../support/shape-text.ts';

const SEED = 20261122;
type Shaper = (text: string, options: ShapeOptions) => readonly ShapedGlyph[];

const HORIZONTAL: readonly (readonly string[])[] = [
  [],
  ['palt'],
  ['palt', 'kern'],
  ['halt'],
  ['chws'],
  ['liga', 'locl'],
];
const VERTICAL: readonly (readonly string[])[] = [[], ['vert'], ['vpal', 'vkrn'], ['vhal'], ['vchw'], ['vert', 'vrt2']];

/**
 * Marks that stand alone: HarfBuzz gives them no advance where a font has no GDEF table, which its subsetter leaves out where
 * no mark glyph is left, and puts those of Hangul on a dotted circle where the font has one.
 */
const COMBINING = /\p{M}/u;

const SAMPLES = [
  '「日本語」、（テスト）。',
  'ここは、ー～…‥・：；！？',
  'あいうえおがぎぐげご、ァィゥェォッャュョー',
  'AVATAR To WAVE, fi ffl “Type” (1/2) 100%',
  '（「『【〔［｛〈《》〉｝］〕】』」）',
  'ドキュメント・センター『キャッシュ』',
];

describe('the bases of Noto Sans JP', () => {
  let file: Uint8Array<ArrayBuffer>;
  let pack: Pack;
  let bases: readonly CodepointSet[];
  let bytesOf: (name: string) => Uint8Array;
  let whole: Shaper;

  beforeAll(async () => {
    file = await readFont('noto-sans-jp');
    const [{ bytes } = { bytes: new Uint8Array(0) }] = await makePacks(fontPath('noto-sans-jp'));
    pack = readPack(bytes);
    const { coreBytes } = readPackExtent(bytes);
    bases = pack.meta.bases.map(({ unicodeRange }) => parseUnicodeRange(unicodeRange));
    bytesOf = (name) => {
      const entry = pack.meta.files.find((candidate) => candidate.name === name);
      if (entry === undefined) throw new Error(`The pack has no ${name}.`);
      return bytes.subarray(coreBytes + entry.offset, coreBytes + entry.offset + entry.length);
    };
    whole = await openForShaping(file);
  });

  function expectSameShape(base: Shaper, text: string, options: ShapeOptions): void {
    expect({ text, options, glyphs: base(text, options) }).toEqual({ text, options, glyphs: whole(text, options) });
  }

  const within = (text: string, base: CodepointSet | undefined) =>
    Array.from(text, (character) => (hasCodepoint(base!, character.codePointAt(0)!) ? character : '')).join('');

  it('are disjoint, and together the base territory of the face', () => {
    expect(unionOf(...bases)).toEqual(splitAtBase(pack.codepoints).base);
    expect(bases.reduce((sum, { length }) => sum + length, 0)).toBe(unionOf(...bases).length);
    expect(bases.map(({ length }) => length)).toEqual(pack.meta.bases.map(({ codepoints }) => codepoints));
  });

  it('begin with one of at most 18,000 bytes, which holds the common kana and punctuation', () => {
    expect(bytesOf('base-0').length).toBeLessThanOrEqual(18_000);
    expect(within('のにをはがで、。ーンスト', bases[0])).toBe('のにをはがで、。ーンスト');
  });

  it('set horizontal text as the whole font does', async () => {
    const shapers = await Promise.all(bases.map((_, index) => openForShaping(bytesOf(`base-${index}`))));
    let compared = 0;
    for (const [index, base] of shapers.entries()) {
      for (const text of SAMPLES.map((sample) => within(sample, bases[index])).filter((text) => text !== '')) {
        for (const features of HORIZONTAL) expectSameShape(base, text, { direction: 'ltr', language: 'ja', features });
        compared += text.length;
      }
    }
    expect(compared).toBeGreaterThan(80);
  });

  it('set vertical and horizontal text as the whole font does, in their vertical variants', async () => {
    for (const [index, members] of bases.entries()) {
      const base = await openForShaping(bytesOf(`base-${index}v`));
      for (const text of SAMPLES.map((sample) => within(sample, members)).filter((text) => text !== '')) {
        for (const features of VERTICAL) expectSameShape(base, text, { direction: 'ttb', language: 'ja', features });
        for (const features of HORIZONTAL) expectSameShape(base, text, { direction: 'ltr', language: 'ja', features });
      }
    }
  });

  it('set any text of their own codepoints as the whole font does, under each language', async () => {
    const horizontal = await Promise.all(bases.map((_, index) => openForShaping(bytesOf(`base-${index}`))));
    const vertical = await Promise.all(bases.map((_, index) => openForShaping(bytesOf(`base-${index}v`))));
    const options = fc.record({
      language: fc.constantFrom('ja', 'zh-Hans', 'ko', 'en'),
      features: fc.constantFrom(...HORIZONTAL),
    });
    fc.assert(
      fc.property(
        fc.nat(bases.length - 1),
        fc.array(fc.nat(9999), { minLength: 1, maxLength: 20 }),
        options,
        (index, places, how) => {
          const members = bases[index]!.filter((codepoint) => !COMBINING.test(String.fromCodePoint(codepoint)));
          const text = String.fromCodePoint(...places.map((place) => members[place % members.length]!));
          expectSameShape(horizontal[index]!, text, { direction: 'ltr', ...how });
          expectSameShape(vertical[index]!, text, { direction: 'ltr', ...how });
          expectSameShape(vertical[index]!, text, { ...how, direction: 'ttb', features: [] });
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('turn punctuation in vertical text: the samples do put the vertical alternates to the test', () => {
    const [flat] = whole('「', { direction: 'ltr', language: 'ja' });
    const [upright] = whole('「', { direction: 'ttb', language: 'ja' });
    expect(upright?.path).not.toBe(flat?.path);
  });

  it('carry the licence notices and the neutral name', () => {
    for (const name of pack.meta.bases.flatMap((_, index) => [`base-${index}`, `base-${index}v`])) {
      const font = openWithFontkit(bytesOf(name));
      expect([font.familyName, font.fullName, font.postscriptName]).toEqual(['Typecase', 'Typecase', 'Typecase']);
      expect(font.copyright).toBe(pack.meta.notices.copyright);
      expect(font.getName('license', 'en')).toMatch(/SIL Open Font License/);
      expect(font.getName('licenseURL', 'en')).toBe(pack.meta.notices.licenceUrl);
    }
  });

  it('hold no codepoint beyond their own but mirrored brackets of their own', () => {
    const territory = splitAtBase(pack.codepoints).base;
    bases.forEach((members, index) => {
      const extra = openWithFontkit(bytesOf(`base-${index}`)).characterSet.filter(
        (codepoint) => !hasCodepoint(members, codepoint),
      );
      for (const codepoint of extra.filter((value) => value !== 0xffff)) {
        expect(hasCodepoint(territory, codepoint)).toBe(true);
        expect(String.fromCodePoint(codepoint)).toMatch(/[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Sm}]/u);
      }
    });
  });

  it('are followed by slices that partition all the rest', () => {
    const sliced = pack.meta.plan.slices.map(({ codepoints }) => codepoints).reduce((sum, count) => sum + count, 0);
    expect(sliced).toBe(splitAtBase(pack.codepoints).rest.length);
  });

  it('are followed by a plan of deltas of all but base 0 and what is bound to layout, of less than 7 kB compressed', () => {
    const { deltas } = pack.meta.plan;
    expect(unionOf(...parseDeltaPlan(deltas).tiers)).toEqual(askableOf(pack.codepoints, bases[0]!));
    expect(brotliCompressSync(deltas).length).toBeLessThan(7000);
  });
});

describe('a base of Noto Sans KR', () => {
  it('kerns Latin as the whole font does', async () => {
    const file = await readFont('noto-sans-kr');
    const text = 'AVATAR To WAVE, Ty. “한”';
    const notices = { copyright: '', licence: '', licenceUrl: '', version: '' };
    const base = await openForShaping(
      await cutBase(await openFont(file), codepointSetOfText(text), 'horizontal', notices),
    );
    const whole = await openForShaping(file);
    for (const features of [[], ['kern'], ['palt', 'kern'], ['halt']]) {
      const options = { direction: 'ltr', language: 'ko', features } as const;
      expect(base(text, options)).toEqual(whole(text, options));
    }
    const advanceOf = (shaped: readonly ShapedGlyph[]) => shaped.reduce((sum, { advance }) => sum + advance[0], 0);
    const apart = [...'AVATAR'].map((letter) => advanceOf(base(letter, { direction: 'ltr', language: 'ko' })));
    expect(advanceOf(base('AVATAR', { direction: 'ltr', language: 'ko' }))).toBeLessThan(apart.reduce((a, b) => a + b));
  });
});
