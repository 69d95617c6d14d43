import fc from 'fast-check';
import * as fontkit from 'fontkit';
import { describe, expect, it } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { writeCmap } from '../../../font-service/sfnt/cmap.ts';
import { writeSfnt } from '../../../font-service/sfnt/table-directory.ts';
import { codepoints } from '../../support/arbitrary-codepoints.ts';
import { tinyFontTables } from '../../support/tiny-font.ts';

const GLYPH_COUNT = 300;
const FONT = tinyFontTables({ glyphs: Array.from({ length: GLYPH_COUNT }, () => new Uint8Array(0)), cmap: new Map() });

/** What fontkit maps the codepoints to, in a font that has the cmap. */
function readBack(cmap: Uint8Array<ArrayBuffer>, asked: Iterable<number>): readonly number[] {
  const font = fontkit.create(Buffer.from(writeSfnt(new Map([...FONT, ['cmap', cmap]])))) as fontkit.Font;
  return Array.from(asked, (codepoint) => font.glyphForCodePoint(codepoint).id);
}

/** The format and the platform encoding of every subtable. */
function subtablesOf(cmap: Uint8Array<ArrayBuffer>) {
  const view = new DataView(cmap.buffer, cmap.byteOffset, cmap.byteLength);
  return Array.from({ length: view.getUint16(2) }, (_, index) => {
    const offset = view.getUint32(4 + index * 8 + 4);
    return { encoding: view.getUint16(4 + index * 8 + 2), offset, format: view.getUint16(offset) };
  });
}

/** Maps codepoints by reading format 4 as the specification tells, as readers prefer format 12 where there is one. */
function readFormat4(cmap: Uint8Array<ArrayBuffer>, codepoint: number): number {
  const at = subtablesOf(cmap).find(({ format }) => format === 4)?.offset ?? 0;
  const view = new DataView(cmap.buffer, cmap.byteOffset + at);
  const doubled = view.getUint16(6);
  for (let segment = 0; segment < doubled; segment += 2) {
    if (view.getUint16(14 + segment) < codepoint) continue;
    if (view.getUint16(16 + doubled + segment) > codepoint) return 0;
    return (codepoint + view.getUint16(16 + 2 * doubled + segment)) & 0xffff;
  }
  return 0;
}

describe('writeCmap', () => {
  it.each([
    ['nothing', [], []],
    ['one codepoint', [0x4e00], [7]],
    ['neighbours with neighbouring glyphs', [0x41, 0x42, 0x43], [1, 2, 3]],
    ['neighbours whose glyphs are not', [0x41, 0x42, 0x43], [5, 3, 4]],
    ['two codepoints of one glyph', [0x41, 0x410, 0x411], [9, 9, 9]],
    ['the first codepoint and the last of the plane but one', [0, 0xfffe], [1, 2]],
    ['supplementary codepoints', [0x41, 0x20bb7, 0x20bb8, 0x2f800, 0x10ffff], [1, 2, 3, 4, 5]],
    ['supplementary codepoints alone', [0x1f600, 0x20bb7], [2, 1]],
    ['a run over the end of the plane', [0xfffd, 0xfffe, 0xffff, 0x10000, 0x10001], [1, 2, 3, 4, 5]],
    ['a run of glyph ids above 32,767 less the codepoint', [0x41, 0xfffd], [299, 1]],
  ])('maps %s', (_, members, glyphs) => {
    const cmap = writeCmap(codepointSetOf(members), glyphs);
    expect(readBack(cmap, members)).toEqual(glyphs);
  });

  it('writes format 4 alone for the Basic Multilingual Plane', () => {
    expect(subtablesOf(writeCmap(codepointSetOf([0x4e00]), [1]))).toEqual([{ encoding: 1, offset: 12, format: 4 }]);
  });

  it('adds format 12 of all codepoints where one lies beyond, and keeps those of the plane in format 4', () => {
    const cmap = writeCmap(codepointSetOf([0x4e00, 0x20bb7]), [1, 2]);
    expect(subtablesOf(cmap).map(({ encoding, format }) => [encoding, format])).toEqual([
      [1, 4],
      [10, 12],
    ]);
    expect([0x4e00, 0x4e01].map((codepoint) => readFormat4(cmap, codepoint))).toEqual([1, 0]);
  });

  it('ends format 4 with the segment of U+FFFF, whatever is mapped before it', () => {
    const cmap = writeCmap(codepointSetOf([0xfffd, 0xfffe, 0xffff, 0x10000]), [1, 2, 3, 4]);
    const at = 12 + 8;
    const view = new DataView(cmap.buffer, cmap.byteOffset + at);
    expect([view.getUint16(6), view.getUint16(14), view.getUint16(16)]).toEqual([4, 0xfffe, 0xffff]);
  });

  it('makes one segment of a thousand neighbours', () => {
    const members = Array.from({ length: 1000 }, (_, index) => 0x4e00 + index);
    const glyphs = members.map((_, index) => index + 1);
    expect(writeCmap(codepointSetOf(members), glyphs)).toHaveLength(12 + 16 + 2 * 8);
  });

  it('holds 8,000 codepoints of which no two are neighbours in format 4', () => {
    const members = codepointSetOf(Array.from({ length: 8000 }, (_, index) => 0x100 + index * 6));
    const cmap = writeCmap(members, new Uint16Array(8000).fill(5));
    const length = new DataView(cmap.buffer, cmap.byteOffset).getUint16(12 + 2);
    expect(length).toBe(cmap.length - 12);
    expect(readBack(cmap, [0x100, 0x100 + 7999 * 6, 0x101])).toEqual([5, 5, 0]);
  });

  it('maps every codepoint to its glyph and its neighbours to none, as fontkit reads it', () => {
    const mapping = fc.array(fc.tuple(codepoints, fc.integer({ min: 1, max: GLYPH_COUNT - 1 })), { maxLength: 60 });
    const runs = fc.array(
      fc.tuple(fc.constantFrom(0x4e00, 0xfff0, 0x20000), fc.nat(30), fc.integer({ min: 1, max: 200 })),
    );
    fc.assert(
      fc.property(mapping, runs, (singles, blocks) => {
        const glyphs = new Map(blocks.flatMap(([start, count, glyph]) => runFrom(start, count, glyph)));
        for (const [codepoint, glyph] of singles) glyphs.set(codepoint, glyph);
        // Format 4 reserves U+FFFF, a noncharacter, for its end.
        glyphs.delete(0xffff);
        const set: CodepointSet = codepointSetOf(glyphs.keys());
        const cmap = writeCmap(
          set,
          Array.from(set, (codepoint) => glyphs.get(codepoint) ?? 0),
        );
        const asked = [...set]
          .flatMap((codepoint) => [codepoint - 1, codepoint, codepoint + 1])
          .filter((at) => at >= 0);
        const expected = asked.map((codepoint) => glyphs.get(codepoint) ?? 0);
        expect(readBack(cmap, asked)).toEqual(expected);
        asked.forEach((codepoint, index) => {
          if (codepoint < 0xffff) expect(readFormat4(cmap, codepoint)).toBe(expected[index]);
        });
      }),
    );
  });

  function runFrom(start: number, count: number, glyph: number) {
    return Array.from({ length: count }, (_, index) => [start + index, (glyph + index) % GLYPH_COUNT] as const);
  }

  it('refuses more segments than format 4 has room for, rather than to state a wrong length', () => {
    const scattered = codepointSetOf(Array.from({ length: 8189 }, (_, index) => 0x100 + index * 2));
    const glyphs = Uint16Array.from(scattered, (_, index) => index + 1);
    expect(() => writeCmap(scattered, glyphs)).toThrow(RangeError);
    expect(writeCmap(codepointSetOf(scattered.slice(1)), glyphs).length).toBe(12 + 16 + 8189 * 8);
  });
});
