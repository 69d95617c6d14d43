import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../font-service/sfnt/byte-writer.ts';
import { readGlyphDescriptions } from '../../../font-service/sfnt/loca.ts';
import { refusalOf } from '../../support/refusal-of.ts';

function tablesOf(
  offsets: readonly number[],
  { isLong = true, glyfBytes = 100, glyphCount = offsets.length - 1 } = {},
) {
  const loca = new ByteWriter();
  for (const offset of offsets) isLong ? loca.uint32(offset) : loca.uint16(offset / 2);
  return new Map([
    ['glyf', Uint8Array.from({ length: glyfBytes }, (_, index) => index)],
    ['loca', loca.bytes()],
    [
      'head',
      new ByteWriter(54)
        .append(new Uint8Array(50))
        .uint16(isLong ? 1 : 0)
        .uint16(0)
        .bytes(),
    ],
    ['maxp', new ByteWriter().uint32(0x00010000).uint16(glyphCount).bytes()],
  ]);
}

describe('readGlyphDescriptions', () => {
  it.each([true, false])('cuts glyf along loca (long offsets: %s)', (isLong) => {
    const descriptions = readGlyphDescriptions(tablesOf([0, 0, 10, 12], { isLong }));
    expect(descriptions.map((description) => [...description])).toEqual([[], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11]]);
  });

  it.each([
    ['offsets that run backwards', tablesOf([0, 20, 10]), 'bad-font', 'glyph 1 run backwards'],
    ['an offset behind glyf', tablesOf([0, 101]), 'out-of-bounds', 'glyf ends at byte 100'],
    ['the largest offset', tablesOf([0xfffffff0, 0xffffffff]), 'out-of-bounds', 'glyf ends'],
    ['more glyphs than loca has', tablesOf([0, 4], { glyphCount: 2 }), 'out-of-bounds', 'loca ends at byte 8'],
    ['a loca without an end', tablesOf([0], { glyphCount: 1 }), 'out-of-bounds', 'loca ends at byte 4'],
  ])('refuses %s', (_, tables, code, reason) => {
    const refusal = refusalOf(() => readGlyphDescriptions(tables));
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toContain(reason);
  });

  it.each(['glyf', 'loca', 'head', 'maxp'])('refuses a font without %s', (tag) => {
    const tables = tablesOf([0, 4]);
    tables.delete(tag);
    expect(refusalOf(() => readGlyphDescriptions(tables))?.message).toBe(`The font has no ${tag} table.`);
  });
});
