import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { ByteWriter } from '../../font-service/sfnt/byte-writer.ts';
import { writeCmap } from '../../font-service/sfnt/cmap.ts';
import { NAME_IDS, writeNameTable } from '../../font-service/sfnt/name.ts';
import { writeSfnt } from '../../font-service/sfnt/table-directory.ts';

/** What a tiny font is made of; glyph ids are places in `glyphs`, and 0 is .notdef. */
export type TinyFont = {
  readonly glyphs: readonly Uint8Array<ArrayBuffer>[];
  /** The glyph id of each codepoint. */
  readonly cmap: ReadonlyMap<number, number>;
  readonly advances?: readonly number[];
  /** Left side bearings; 0 where none is given. */
  readonly bearings?: readonly number[];
  readonly extraTables?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
};

const TINY_ADVANCE = 600;

/** Makes the tables of a tiny TrueType font: 1000 units an em, long `loca`, Basic Latin in its code pages. */
export function tinyFontTables({ glyphs, cmap, advances = [], bearings = [], extraTables }: TinyFont) {
  const codepoints = codepointSetOf(cmap.keys());
  const hmtx = new ByteWriter();
  glyphs.forEach((_, glyph) => {
    hmtx.uint16(advances[glyph] ?? TINY_ADVANCE).uint16(bearings[glyph] ?? 0);
  });
  const { glyf, loca } = glyphTables(glyphs);
  return new Map<string, Uint8Array<ArrayBuffer>>([
    ['head', headTable()],
    ['hhea', metricsHeader(glyphs.length)],
    ['maxp', maxpTable(glyphs.length)],
    ['OS/2', os2Table()],
    ['hmtx', hmtx.bytes()],
    [
      'cmap',
      writeCmap(
        codepoints,
        Array.from(codepoints, (codepoint) => cmap.get(codepoint) ?? 0),
      ),
    ],
    ['loca', loca],
    ['glyf', glyf],
    [
      'name',
      writeNameTable([
        [NAME_IDS.family, 'Tiny'],
        [NAME_IDS.subfamily, 'Regular'],
      ]),
    ],
    ['post', new ByteWriter(32).uint32(0x00030000).append(new Uint8Array(28)).bytes()],
    ...(extraTables ?? []),
  ]);
}

/** Makes a tiny TrueType font. */
export function makeTinyFont(font: TinyFont): Uint8Array<ArrayBuffer> {
  return writeSfnt(tinyFontTables(font));
}

function glyphTables(glyphs: TinyFont['glyphs']) {
  const glyf = new ByteWriter();
  const loca = new ByteWriter();
  for (const glyph of glyphs) {
    loca.uint32(glyf.length);
    glyf.append(glyph).pad(4);
  }
  return { glyf: glyf.bytes(), loca: loca.uint32(glyf.length).bytes() };
}

function headTable(): Uint8Array<ArrayBuffer> {
  const head = new ByteWriter(54).uint32(0x00010000).uint32(0x00010000).uint32(0).uint32(0x5f0f3cf5);
  head.uint16(0x0003).uint16(1000).append(new Uint8Array(16)).uint16s([-1000, -1000, 2000, 2000]);
  return head.uint16s([0, 8, 2, 1, 0]).bytes();
}

/** `hhea` or `vhea`. */
export function metricsHeader(longCount: number): Uint8Array<ArrayBuffer> {
  const header = new ByteWriter(36).uint32(0x00010000).uint16s([880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0]);
  return header.append(new Uint8Array(10)).uint16(longCount).bytes();
}

function maxpTable(glyphCount: number): Uint8Array<ArrayBuffer> {
  const limits = [1000, 100, 1000, 100, 2, 0, 0, 0, 0, 0, 0, 8, 8];
  return new ByteWriter(32).uint32(0x00010000).uint16(glyphCount).uint16s(limits).bytes();
}

function os2Table(): Uint8Array<ArrayBuffer> {
  const table = new ByteWriter(96).uint16s([4, 500, 400, 5, 0]).append(new Uint8Array(22)).append(new Uint8Array(10));
  table.append(new Uint8Array(16)).tag('TEST').uint16s([0x0040, 0x20, 0xffff, 880, -120, 0, 1000, 200]);
  return table.uint32(1).uint32(0).uint16s([500, 700, 0, 0x20, 2]).bytes();
}
