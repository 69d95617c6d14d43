import { ByteReader } from './byte-reader.ts';
import type { SfntTables } from './table-directory.ts';
import { requireTable } from './table-directory.ts';

/** Advances and the bearings before them of every glyph, in font units, by glyph id. */
export type GlyphMetrics = { readonly advances: Uint16Array<ArrayBuffer>; readonly bearings: Int16Array<ArrayBuffer> };

/**
 * Reads `hmtx` (advance width, left side bearing) or `vmtx` (advance height, top side bearing).
 *
 * @throws TypecaseError `bad-font` where a table is missing; `out-of-bounds` where it is too short.
 * @see https://learn.microsoft.com/typography/opentype/spec/hmtx and /vmtx
 */
export function readMetrics(
  tables: SfntTables,
  direction: 'horizontal' | 'vertical',
  glyphCount: number,
): GlyphMetrics {
  const [headerTag, metricsTag] = direction === 'horizontal' ? ['hhea', 'hmtx'] : ['vhea', 'vmtx'];
  const longCount = new ByteReader(requireTable(tables, headerTag), headerTag).uint16(34);
  const metrics = new ByteReader(requireTable(tables, metricsTag), metricsTag);
  const advances = new Uint16Array(glyphCount);
  const bearings = new Int16Array(glyphCount);
  for (let glyph = 0; glyph < glyphCount; glyph++) {
    const isLong = glyph < longCount;
    advances[glyph] = metrics.uint16((isLong ? glyph : longCount - 1) * 4);
    bearings[glyph] = metrics.int16(isLong ? glyph * 4 + 2 : longCount * 4 + (glyph - longCount) * 2);
  }
  return { advances, bearings };
}

/** How many long records `hmtx` or `vmtx` needs: up to the last advance that differs from the one before it; at least 1. */
export function countLongMetrics(advances: ArrayLike<number>): number {
  let count = advances.length;
  while (count > 1 && advances[count - 1] === advances[count - 2]) count -= 1;
  return count;
}
