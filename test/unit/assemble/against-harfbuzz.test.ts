import fc from 'fast-check';
import subsetFont from 'subset-font';
import { beforeAll, describe, expect, it } from 'vitest';
import { assembleFont } from '../../../font-service/assemble/assemble-font.ts';
import {
  type CodepointSet,
  codepointSetOf,
  hasCodepoint,
  intersectionOf,
} from '../../../font-service/codepoints/codepoint-set.ts';
import type { PackGlyphs } from '../../../font-service/pack/pack.ts';
import { compressQuickly } from '../../support/compress-quickly.ts';
import { openForReading } from '../../support/glyph-reader.ts';
import { readFont } from '../../support/make-pack.ts';
import { collectFace } from '../../support/open-face.ts';

const SEED = 20261122;
/** No outline, or one contour of one point. */
const DRAWS_NOTHING = /^(?:M0 0Z)?$/;

describe.each(['noto-sans-jp', 'noto-serif-jp'])('assembleFont of %s', (packageName) => {
  let file: Uint8Array<ArrayBuffer>;
  let face: PackGlyphs;

  beforeAll(async () => {
    file = await readFont(packageName);
    face = await collectFace(file);
  });

  /** Compares every glyph with HarfBuzz's subset of the same codepoints. */
  async function expectSameAsHarfBuzz(set: CodepointSet): Promise<void> {
    const text = String.fromCodePoint(...set);
    const options = { noLayoutClosure: true, noHinting: true, targetFormat: 'truetype' } as const;
    const expected = await openForReading(await subsetFont(Buffer.from(file), text, options));
    const actual = await openForReading(await assembleFont(face, set, compressQuickly));
    // HarfBuzz adds mirrored brackets to what it is asked for; the service gives what was asked for alone.
    expect(actual.coverage).toEqual([...intersectionOf(set, face.codepoints)]);
    for (const codepoint of set) {
      const glyph = actual.read(codepoint);
      expect({ codepoint, ...glyph }).toEqual({ codepoint, ...expected.read(codepoint) });
      if (hasCodepoint(face.codepoints, codepoint)) expect(glyph?.advanceHeight).toBeGreaterThan(0);
    }
  }

  it.each([1, 30, 400, 4000])('draws up to %d random codepoints as HarfBuzz does', async (size) => {
    const seed = SEED + size;
    const [places] = fc.sample(
      fc.array(fc.noBias(fc.nat(face.codepoints.length - 1)), { minLength: size, maxLength: size }),
      {
        seed,
        numRuns: 1,
      },
    );
    await expectSameAsHarfBuzz(codepointSetOf((places ?? []).map((place) => face.codepoints[place] ?? 0)));
  });

  it('draws sets of any kind as HarfBuzz does, without the codepoints that the face lacks', async () => {
    const members = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.nat(face.codepoints.length - 1).map((place) => face.codepoints[place] ?? 0) },
        { weight: 1, arbitrary: fc.nat(0x10ffff) },
      ),
      { minLength: 1, maxLength: 60 },
    );
    const property = fc.asyncProperty(members, (values) => expectSameAsHarfBuzz(codepointSetOf(values)));
    await fc.assert(property, { seed: SEED, numRuns: 4, endOnFailure: true });
  });

  it('draws supplementary codepoints as HarfBuzz does', async () => {
    const supplementary = face.codepoints.filter((codepoint) => codepoint > 0xffff);
    expect(supplementary.length).toBeGreaterThan(50);
    await expectSameAsHarfBuzz(codepointSetOf([...supplementary].slice(0, 60)));
  });

  it('draws two codepoints of one glyph with one glyph', async () => {
    const [first, second] = codepointsOfOneGlyph(face);
    const font = await openForReading(await assembleFont(face, codepointSetOf([first, second]), compressQuickly));
    expect(font.glyphCount).toBe(2);
    expect(font.read(first)).toEqual(font.read(second));
    await expectSameAsHarfBuzz(codepointSetOf([first, second]));
  });

  it('makes a font of .notdef alone where the face has none of a set', async () => {
    const font = await openForReading(await assembleFont(face, codepointSetOf([0xe000, 0x10fffd]), compressQuickly));
    expect([font.glyphCount, font.coverage]).toEqual([1, []]);
    expect(font.readId(0).path).toMatch(DRAWS_NOTHING);
  });

  it('makes the same bytes of the same set', async () => {
    const set = codepointSetOf([...face.codepoints].filter((_, index) => index % 100 === 0));
    const [one, other] = [
      await assembleFont(face, set, compressQuickly),
      await assembleFont(face, set, compressQuickly),
    ];
    expect(Buffer.from(one).equals(other)).toBe(true);
  });
});

function codepointsOfOneGlyph({ codepoints, codepointGlyphs }: PackGlyphs): readonly [number, number] {
  const owners = new Map<number, number>();
  for (const [index, glyph] of codepointGlyphs.entries()) {
    const codepoint = codepoints[index] ?? 0;
    const owner = owners.get(glyph);
    if (owner !== undefined && glyph !== 0) return [owner, codepoint];
    owners.set(glyph, codepoint);
  }
  throw new Error('No two codepoints of the face have one glyph.');
}
