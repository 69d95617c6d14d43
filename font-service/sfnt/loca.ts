import { TypecaseError } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { requireTable, type SfntTables } from './table-directory.ts';

/** The bytes of every glyph's description, by glyph id; empty where a glyph draws nothing. */
export type GlyphDescriptions = readonly Uint8Array<ArrayBuffer>[];

/**
 * Cuts `glyf` into glyph descriptions along `loca`.
 *
 * @throws TypecaseError `bad-font` when offsets run backwards; `out-of-bounds` when they leave the table.
 * @see https://learn.microsoft.com/typography/opentype/spec/loca
 */
export function readGlyphDescriptions(tables: SfntTables): GlyphDescriptions {
  const glyf = new ByteReader(requireTable(tables, 'glyf'), 'glyf');
  const loca = new ByteReader(requireTable(tables, 'loca'), 'loca');
  const isLong = new ByteReader(requireTable(tables, 'head'), 'head').int16(50) === 1;
  const count = new ByteReader(requireTable(tables, 'maxp'), 'maxp').uint16(4);
  const offsetOf = (glyph: number) => (isLong ? loca.uint32(glyph * 4) : loca.uint16(glyph * 2) * 2);
  return Array.from({ length: count }, (_, glyph) => {
    const start = offsetOf(glyph);
    const length = offsetOf(glyph + 1) - start;
    if (length < 0) throw new TypecaseError('bad-font', `The loca offsets of glyph ${glyph} run backwards.`, { glyph });
    return glyf.slice(start, length);
  });
}
