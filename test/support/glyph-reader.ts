import * as fontkit from 'fontkit';
import { unpackFont } from './unpack-font.ts';

/** What a font draws for a codepoint, in font units; the path as SVG. */
type ReadGlyph = {
  readonly path: string;
  readonly advanceWidth: number;
  readonly leftBearing: number;
  /** Undefined for a font without vertical metrics. */
  readonly advanceHeight: number | undefined;
  readonly topBearing: number | undefined;
};

/** A font as two independent readers see it: fontkit its outlines, a few lines of ours its metrics. */
export type GlyphReader = {
  readonly coverage: readonly number[];
  readonly glyphCount: number;
  /** The raw tables, by tag. */
  readonly tables: ReadonlyMap<string, DataView>;
  /** Undefined for a codepoint that the font lacks. */
  readonly read: (codepoint: number) => ReadGlyph | undefined;
  readonly readId: (glyph: number) => ReadGlyph;
};

/** Opens a TrueType or WOFF2 font for reading; WOFF2 is unpacked by Google's decoder (wawoff2). */
export async function openForReading(file: Uint8Array): Promise<GlyphReader> {
  const plain = await unpackFont(file);
  const tables = rawTables(plain);
  const font = fontkit.create(Buffer.from(plain)) as fontkit.Font;
  const horizontal = metricsOf(tables, 'hhea', 'hmtx');
  const vertical = tables.has('vmtx') ? metricsOf(tables, 'vhea', 'vmtx') : undefined;
  const readId = (glyph: number): ReadGlyph => ({
    path: font.getGlyph(glyph).path.toSVG(),
    advanceWidth: horizontal(glyph).advance,
    leftBearing: horizontal(glyph).bearing,
    advanceHeight: vertical?.(glyph).advance,
    topBearing: vertical?.(glyph).bearing,
  });
  return {
    // fontkit counts U+FFFF, with which format 4 ends, among the characters.
    coverage: [...new Set(font.characterSet)]
      .filter((codepoint) => font.glyphForCodePoint(codepoint).id !== 0)
      .sort((a, b) => a - b),
    glyphCount: font.numGlyphs,
    tables,
    read: (codepoint) => {
      const { id } = font.glyphForCodePoint(codepoint);
      return id === 0 ? undefined : readId(id);
    },
    readId,
  };
}

function rawTables(file: Uint8Array<ArrayBuffer>): ReadonlyMap<string, DataView> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const entries = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + index * 16);
  return new Map(
    entries.map((at) => [
      String.fromCharCode(...file.subarray(at, at + 4)),
      new DataView(file.buffer, file.byteOffset + view.getUint32(at + 8), view.getUint32(at + 12)),
    ]),
  );
}

function metricsOf(tables: ReadonlyMap<string, DataView>, headerTag: string, metricsTag: string) {
  const longCount = tables.get(headerTag)?.getUint16(34) ?? 0;
  const table = tables.get(metricsTag) ?? new DataView(new ArrayBuffer(0));
  return (glyph: number) => ({
    advance: table.getUint16(Math.min(glyph, longCount - 1) * 4),
    bearing: table.getInt16(glyph < longCount ? glyph * 4 + 2 : longCount * 4 + (glyph - longCount) * 2),
  });
}
