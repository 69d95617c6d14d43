import fc from 'fast-check';
import * as fontkit from 'fontkit';
import { describe, expect, it } from 'vitest';
import { assembleFont } from '../../../font-service/assemble/assemble-font.ts';
import { codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { collectGlyphs } from '../../../font-service/pack/ingest/collect-glyphs.ts';
import { parseTableDirectory } from '../../../font-service/sfnt/table-directory.ts';
import { compressQuickly } from '../../support/compress-quickly.ts';
import {
  COMPONENT_FLAGS,
  describeCompositeGlyph,
  describeSimpleGlyph,
  type Point,
  squareAt,
} from '../../support/glyph-descriptions.ts';
import { openForReading } from '../../support/glyph-reader.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { makeTinyFont, metricsHeader, type TinyFont, tinyFontTables } from '../../support/tiny-font.ts';

const NOTDEF = new Uint8Array(0);
const SQUARE = describeSimpleGlyph({ contours: [squareAt(0, 0, 100)] });
const A = 0x41;

/** Assembles a set from a tiny font that is not rewritten by HarfBuzz before. */
function assembleTiny(font: TinyFont, codepoints: Iterable<number> = font.cmap.keys()) {
  const glyphs = collectGlyphs(
    parseTableDirectory(makeTinyFont(font)),
    codepointSetOf(font.cmap.keys()),
    (codepoint) => font.cmap.get(codepoint) ?? 0,
  );
  return assembleFont(glyphs, codepointSetOf(codepoints), compressQuickly);
}

async function expectSameDrawing(font: TinyFont): Promise<void> {
  const source = await openForReading(makeTinyFont(font));
  const assembled = await openForReading(await assembleTiny(font));
  for (const codepoint of font.cmap.keys()) expect(assembled.read(codepoint)).toEqual(source.read(codepoint));
}

/** The description of a glyph in a decoded font. */
async function descriptionOf(file: Uint8Array, glyph: number): Promise<DataView> {
  const { tables } = await openForReading(file);
  const [loca, glyf, head] = ['loca', 'glyf', 'head'].map((tag) => tables.get(tag));
  const isLong = head?.getInt16(50) === 1;
  const offset = isLong ? loca?.getUint32(glyph * 4) : (loca?.getUint16(glyph * 2) ?? 0) * 2;
  return new DataView(glyf?.buffer ?? new ArrayBuffer(0), (glyf?.byteOffset ?? 0) + (offset ?? 0));
}

const COMPOSITES: TinyFont = {
  glyphs: [
    NOTDEF,
    describeCompositeGlyph(
      [
        { glyph: 2, dx: 300, dy: 0 },
        { glyph: 3, dx: 0, dy: -50, transform: [0.5] },
      ],
      [0, -50, 500, 300],
    ),
    describeCompositeGlyph([{ glyph: 4, dx: 10, dy: 20, transform: [1, 0.25, -0.25, 1] }], [0, 0, 200, 200]),
    describeCompositeGlyph(
      [{ glyph: 4, dx: 0, dy: 0, transform: [0.5, -0.75] }],
      [0, -75, 50, 0],
      Uint8Array.of(1, 2, 3),
    ),
    SQUARE,
    describeSimpleGlyph({ contours: [squareAt(7, 7, 7)] }),
  ],
  cmap: new Map([
    [A, 1],
    [0x42, 2],
    [0x43, 5],
    [0x20bb7, 3],
  ]),
  advances: [500, 700, 600, 650, 400, 300],
  bearings: [0, 0, -5, 0, 0, 7],
};

describe('assembleFont with composite glyphs', () => {
  it('draws nested, scaled, mirrored and turned components as the source does', () => expectSameDrawing(COMPOSITES));

  it('takes the components along, and nothing else', async () => {
    const font = await openForReading(await assembleTiny(COMPOSITES, [A]));
    expect(font.glyphCount).toBe(5);
    expect(font.coverage).toEqual([A]);
  });

  it('leaves instructions out, and their mark', async () => {
    const file = await assembleTiny(COMPOSITES, [0x20bb7]);
    const description = await descriptionOf(file, 1);
    expect(description.getInt16(0)).toBe(-1);
    expect(description.getUint16(10) & COMPONENT_FLAGS.hasInstructions).toBe(0);
  });

  it('keeps the mark of overlap and the stated box of a composite', async () => {
    const flags = COMPONENT_FLAGS.overlapCompound;
    const glyphs = [NOTDEF, describeCompositeGlyph([{ glyph: 2, dx: 1, dy: 2, flags }], [-9, -8, 70, 60]), SQUARE];
    const description = await descriptionOf(await assembleTiny({ glyphs, cmap: new Map([[A, 1]]) }), 1);
    expect(description.getUint16(10) & flags).toBe(flags);
    expect([2, 4, 6, 8].map((at) => description.getInt16(at))).toEqual([-9, -8, 70, 60]);
  });

  it('accepts nesting to eight levels, and refuses a ninth and a composite of itself', () => {
    const chain = (levels: number, last: Uint8Array<ArrayBuffer>): TinyFont => ({
      glyphs: [
        NOTDEF,
        ...Array.from({ length: levels }, (_, level) =>
          describeCompositeGlyph([{ glyph: level + 2, dx: 1, dy: 0 }], [0, 0, 9, 9]),
        ),
        last,
      ],
      cmap: new Map([[A, 1]]),
    });
    const collect = (font: TinyFont) => {
      const tables = parseTableDirectory(makeTinyFont(font));
      return refusalOf(() => collectGlyphs(tables, codepointSetOf([A]), () => 1));
    };
    expect(collect(chain(8, SQUARE))).toBeUndefined();
    const message = expect.stringContaining('nested too deeply');
    expect(collect(chain(9, SQUARE))).toMatchObject({ code: 'bad-font', message });
    const self = describeCompositeGlyph([{ glyph: 1, dx: 0, dy: 0 }], [0, 0, 9, 9]);
    expect(collect({ glyphs: [NOTDEF, self], cmap: new Map([[A, 1]]) })).toMatchObject({ code: 'bad-font', message });
  });

  it('refuses a composite of a glyph that is not there', () => {
    const glyphs = [NOTDEF, describeCompositeGlyph([{ glyph: 77, dx: 0, dy: 0 }], [0, 0, 9, 9])];
    const tables = tinyFontTables({ glyphs, cmap: new Map([[A, 1]]) });
    expect(refusalOf(() => collectGlyphs(tables, codepointSetOf([A]), () => 1))?.message).toContain(
      'glyph 77, which is not there',
    );
  });
});

describe('assembleFont with simple glyphs', () => {
  it('keeps a stated box that differs from that of the points', async () => {
    const glyphs = [NOTDEF, describeSimpleGlyph({ contours: [squareAt(0, 0, 100)], box: [-1, -2, 300, 400] }), SQUARE];
    const file = await assembleTiny({
      glyphs,
      cmap: new Map([
        [A, 1],
        [0x42, 2],
      ]),
    });
    const boxOf = async (glyph: number) => {
      const description = await descriptionOf(file, glyph);
      return [2, 4, 6, 8].map((at) => description.getInt16(at));
    };
    expect([await boxOf(1), await boxOf(2)]).toEqual([
      [-1, -2, 300, 400],
      [0, 0, 100, 100],
    ]);
  });

  it('writes vertical metrics where the source has them, and none where it has not', async () => {
    const font = { glyphs: [NOTDEF, SQUARE], cmap: new Map([[A, 1]]) };
    const vmtx = Uint8Array.of(1, 0, 0, 10, 2, 0, 255, 246);
    const extraTables = new Map([
      ['vhea', metricsHeader(2)],
      ['vmtx', vmtx],
    ]);
    const vertical = await openForReading(await assembleTiny({ ...font, extraTables }));
    expect(vertical.read(A)).toMatchObject({ advanceHeight: 512, topBearing: -10 });
    const { tables } = await openForReading(await assembleTiny(font));
    expect([tables.has('vhea'), tables.has('vmtx')]).toEqual([false, false]);
  });

  it('draws .notdef as nothing even where the source has an outline for it', async () => {
    const font = await openForReading(await assembleTiny({ glyphs: [SQUARE, SQUARE], cmap: new Map([[A, 1]]) }));
    expect(font.readId(0).path).toMatch(/^(?:M0 0Z)?$/);
    expect([font.readId(0).leftBearing, font.readId(1).path]).toEqual([0, 'M0 0L0 100L100 100L100 0Z']);
  });

  it('draws any contours as the source does, in every form of the triplet encoding', async () => {
    const edges = [0, 1, 63, 64, 65, 255, 256, 768, 769, 1279, 1280, 4095, 4096, 15000];
    const step = fc
      .tuple(fc.constantFrom(...edges), fc.boolean())
      .map(([size, isPositive]) => (isPositive ? size : -size));
    const contour = fc.array(fc.tuple(step, step, fc.boolean()), { minLength: 1, maxLength: 6 });
    const glyph = fc.array(contour, { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(fc.array(glyph, { minLength: 1, maxLength: 12 }), async (glyphs) => {
      const descriptions = glyphs.map((contours) => describeSimpleGlyph({ contours: walk(contours) }));
      const cmap = new Map(descriptions.map((_, index) => [0x4e00 + index, index + 1]));
      await expectSameDrawing({ glyphs: [NOTDEF, ...descriptions], cmap });
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('draws a contour of 800 points and 300 contours as the source does', () => {
    const zigzag = Array.from({ length: 800 }, (_, index) => ({ x: index * 10, y: (index % 2) * 50 }));
    const many = Array.from({ length: 300 }, (_, index) => squareAt(index * 20, 0, 10));
    const glyphs = [NOTDEF, describeSimpleGlyph({ contours: [zigzag] }), describeSimpleGlyph({ contours: many })];
    return expectSameDrawing({
      glyphs,
      cmap: new Map([
        [A, 1],
        [0x42, 2],
      ]),
    });
  });

  it('writes a WOFF2 that fontkit reads too', async () => {
    const font = fontkit.create(Buffer.from(await assembleTiny(COMPOSITES))) as fontkit.Font;
    const source = fontkit.create(Buffer.from(makeTinyFont(COMPOSITES))) as fontkit.Font;
    for (const codepoint of COMPOSITES.cmap.keys()) {
      expect(font.glyphForCodePoint(codepoint).path.toSVG()).toBe(source.glyphForCodePoint(codepoint).path.toSVG());
    }
  });
});

/** The places that steps lead to, held within what a coordinate may be. */
function walk(contours: readonly (readonly (readonly [number, number, boolean])[])[]): readonly (readonly Point[])[] {
  let [x, y] = [0, 0];
  const held = (value: number, step: number) => (Math.abs(value + step) > 0x4000 ? value : value + step);
  return contours.map((contour) =>
    contour.map(([dx, dy, isOnCurve]) => {
      [x, y] = [held(x, dx), held(y, dy)];
      return { x, y, isOnCurve };
    }),
  );
}
