import type { CodepointSet } from '../../codepoints/codepoint-set.ts';
import { TypecaseError } from '../../errors.ts';
import { ByteReader } from '../../sfnt/byte-reader.ts';
import { findComponentRecords, readComponentGlyph } from '../../sfnt/composite-glyph.ts';
import { type GlyphDescriptions, readGlyphDescriptions } from '../../sfnt/loca.ts';
import { type GlyphMetrics, readMetrics } from '../../sfnt/metrics.ts';
import { requireTable, type SfntTables } from '../../sfnt/table-directory.ts';
import type { PackGlyphs } from '../pack.ts';
import { writeDeltaNames } from './cut-base.ts';
import { type GlyphRecord, glyphRecordOf } from './glyph-record.ts';

/**
 * Collects .notdef, the glyphs that the coverage maps to in the order of their first codepoint, and their components.
 *
 * @param glyphOf the font's glyph id of a codepoint.
 * @throws TypecaseError `bad-font` for composites that contain themselves, and for whatever cannot be read.
 */
export function collectGlyphs(
  tables: SfntTables,
  coverage: CodepointSet,
  glyphOf: (codepoint: number) => number,
): PackGlyphs {
  const descriptions = readGlyphDescriptions(tables);
  const mapped = Array.from(coverage, glyphOf);
  if (mapped.some((glyph) => glyph >= descriptions.length)) throw badGlyphs('its cmap names glyphs that are not there');
  const glyphs = withComponents(descriptions, new Set([0, ...mapped]));
  checkNesting(descriptions, glyphs);
  const order = new Map(glyphs.map((glyph, index) => [glyph, index]));
  const packGlyphOf = (glyph: number) => order.get(glyph) ?? 0;
  const hasVertical = tables.has('vhea') && tables.has('vmtx');
  const horizontal = pick(readMetrics(tables, 'horizontal', descriptions.length), glyphs);
  const vertical = hasVertical ? pick(readMetrics(tables, 'vertical', descriptions.length), glyphs) : NO_METRICS;
  horizontal.bearings[0] = 0;
  const records = glyphs.map((glyph, index) => {
    const description = index === 0 ? INVISIBLE_NOTDEF : descriptions[glyph];
    return glyphRecordOf(description ?? new Uint8Array(0), packGlyphOf);
  });
  return {
    codepoints: coverage,
    codepointGlyphs: Uint16Array.from(mapped, packGlyphOf),
    ...columnsOf(records),
    advanceWidths: horizontal.advances,
    leftBearings: horizontal.bearings,
    advanceHeights: vertical.advances,
    topBearings: vertical.bearings,
    tables: staticTables(tables, hasVertical),
  };
}

/**
 * .notdef draws nothing, as in HarfBuzz's subsets: what a delta lacks is drawn by another font. It is one contour of one
 * point at the origin, since Chromium's sanitizer refuses a font whose glyf table is empty, as that of spaces alone would be.
 */
const INVISIBLE_NOTDEF = Uint8Array.from([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x31]);

const NO_METRICS: GlyphMetrics = { advances: new Uint16Array(0), bearings: new Int16Array(0) };

function pick({ advances, bearings }: GlyphMetrics, glyphs: readonly number[]): GlyphMetrics {
  return {
    advances: Uint16Array.from(glyphs, (glyph) => advances[glyph] ?? 0),
    bearings: Int16Array.from(glyphs, (glyph) => bearings[glyph] ?? 0),
  };
}

function columnsOf(records: readonly GlyphRecord[]) {
  const recordOffsets = new Uint32Array(records.length + 1);
  records.forEach(({ bytes }, glyph) => {
    recordOffsets[glyph + 1] = (recordOffsets[glyph] ?? 0) + bytes.length;
  });
  const stream = new Uint8Array(recordOffsets.at(-1) ?? 0);
  records.forEach(({ bytes }, glyph) => {
    stream.set(bytes, recordOffsets[glyph]);
  });
  return {
    recordOffsets,
    contourCounts: Int16Array.from(records, ({ contourCount }) => contourCount),
    glyphFlags: Uint8Array.from(records, ({ flags }) => flags),
    pointCountBytes: Uint16Array.from(records, ({ pointCountBytes }) => pointCountBytes),
    flagBytes: Uint16Array.from(records, ({ flagBytes }) => flagBytes),
    plainBytes: Uint16Array.from(records, ({ plainBytes }) => plainBytes),
    records: stream,
  };
}

/** The tables that every delta carries as they are, but for the fields that count glyphs. */
function staticTables(tables: SfntTables, hasVertical: boolean): PackGlyphs['tables'] {
  const copied = ['head', 'hhea', 'maxp', 'OS/2', ...(hasVertical ? ['vhea'] : [])];
  return new Map([
    ...copied.map((tag) => [tag, requireTable(tables, tag)] as const),
    ['name', writeDeltaNames()],
    ['post', requireTable(tables, 'post').slice(0, POST_3_BYTES)],
  ]);
}

/** Version 3 of `post` has no glyph names, so that its header is all of it. */
const POST_3_BYTES = 32;

/** Deepest nesting of composites; fonts have one or two levels. */
const MAX_NESTING = 8;

function checkNesting(descriptions: GlyphDescriptions, glyphs: readonly number[]): void {
  const depths = new Map<number, number>();
  const depthOf = (glyph: number, level: number): number => {
    if (level > MAX_NESTING) throw badGlyphs('a composite contains itself or is nested too deeply');
    const known = depths.get(glyph);
    if (known !== undefined) return known;
    const depth = componentsOf(descriptions, glyph).reduce(
      (most, part) => Math.max(most, depthOf(part, level + 1) + 1),
      0,
    );
    depths.set(glyph, depth);
    return depth;
  };
  for (const glyph of glyphs) {
    if (depthOf(glyph, 0) > MAX_NESTING) throw badGlyphs('composites are nested too deeply');
  }
}

function withComponents(descriptions: GlyphDescriptions, glyphs: Set<number>): readonly number[] {
  // A set that grows while it is walked is walked to its new end.
  for (const glyph of glyphs) for (const component of componentsOf(descriptions, glyph)) glyphs.add(component);
  return [...glyphs];
}

function componentsOf(descriptions: GlyphDescriptions, glyph: number): readonly number[] {
  const description = descriptions[glyph];
  if (description === undefined) throw badGlyphs(`a composite is made of glyph ${glyph}, which is not there`);
  if (description.length === 0 || new ByteReader(description, 'a glyph description').int16(0) >= 0) return [];
  const { starts } = findComponentRecords(description, 10, description.length);
  return starts.map((start) => readComponentGlyph(description, start));
}

function badGlyphs(reason: string): TypecaseError {
  return new TypecaseError('bad-font', `The font's glyphs cannot be read: ${reason}.`);
}
