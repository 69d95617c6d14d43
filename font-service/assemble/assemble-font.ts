import type { CodepointSet } from '../codepoints/codepoint-set.ts';
import type { PackGlyphs } from '../pack/pack.ts';
import { writeCmap } from '../sfnt/cmap.ts';
import { LONG_OFFSETS, writeGlyfTables } from './glyf-table.ts';
import { selectGlyphs } from './glyph-selection.ts';
import { writeMetricsTable } from './metrics-tables.ts';
import { type BrotliCompress, type Woff2Table, writeWoff2 } from './woff2.ts';

/**
 * Assembles a WOFF2 font of exactly the codepoints of `set` that the face draws, with its metrics and without layout.
 *
 * A set of which the face draws nothing gives a valid font of .notdef alone: an answer that can be cached like any other.
 * Takes about 0.3 ms per 100 codepoints besides `compress`.
 */
export function assembleFont(
  pack: PackGlyphs,
  set: CodepointSet,
  compress: BrotliCompress,
): Promise<Uint8Array<ArrayBuffer>> {
  return writeWoff2(assembleTables(pack, set), compress);
}

function assembleTables(pack: PackGlyphs, set: CodepointSet): readonly Woff2Table[] {
  const selection = selectGlyphs(pack, set);
  const { codepoints, glyphIds, glyphs } = selection;
  const { glyf, loca } = writeGlyfTables(pack, selection);
  const horizontal = writeMetricsTable('hmtx', glyphs, pack.advanceWidths, pack.leftBearings);
  const first = Math.min(codepoints[0] ?? 0, 0xffff);
  const last = Math.min(codepoints.at(-1) ?? 0, 0xffff);
  const tables: Woff2Table[] = [
    { tag: 'cmap', bytes: writeCmap(codepoints, glyphIds) },
    staticTable(pack, 'head', [[HEAD_INDEX_TO_LOC_FORMAT, LONG_OFFSETS]]),
    staticTable(pack, 'hhea', [[HHEA_LONG_METRICS, horizontal.longCount]]),
    horizontal.table,
    staticTable(pack, 'maxp', [[MAXP_GLYPHS, glyphs.length]]),
    staticTable(pack, 'name', []),
    staticTable(pack, 'OS/2', [
      [OS2_FIRST_CODEPOINT, first],
      [OS2_LAST_CODEPOINT, last],
    ]),
    staticTable(pack, 'post', []),
    glyf,
    loca,
  ];
  if (pack.advanceHeights.length > 0) {
    const vertical = writeMetricsTable('vmtx', glyphs, pack.advanceHeights, pack.topBearings);
    tables.push(staticTable(pack, 'vhea', [[HHEA_LONG_METRICS, vertical.longCount]]), vertical.table);
  }
  return tables;
}

/** Offsets in bytes of the uint16 fields that depend on the glyphs of a font. @see the OpenType specification's table pages. */
const HEAD_INDEX_TO_LOC_FORMAT = 50;
const HHEA_LONG_METRICS = 34;
const MAXP_GLYPHS = 4;
const OS2_FIRST_CODEPOINT = 64;
const OS2_LAST_CODEPOINT = 66;

/** A table of the pack with some of its uint16 fields replaced. */
function staticTable(pack: PackGlyphs, tag: string, fields: readonly (readonly [number, number])[]): Woff2Table {
  const bytes = pack.tables.get(tag)?.slice() ?? new Uint8Array(0);
  for (const [offset, value] of fields) {
    bytes[offset] = value >>> 8;
    bytes[offset + 1] = value;
  }
  return { tag, bytes };
}
