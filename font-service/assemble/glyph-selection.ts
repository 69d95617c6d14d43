import { type CodepointSet, EMPTY_CODEPOINT_SET } from '../codepoints/codepoint-set.ts';
import type { PackGlyphs } from '../pack/pack.ts';
import { BOX_BYTES } from '../pack/pack-format.ts';
import { findComponentRecords, readComponentGlyph } from '../sfnt/composite-glyph.ts';

/** The glyphs of a font to be: pack glyphs in output order, .notdef first, and what the cmap maps to them. */
export type GlyphSelection = {
  /** Pack glyphs, ascending: the place in this array is the glyph id in the new font. */
  readonly glyphs: Uint16Array<ArrayBuffer>;
  /** The codepoints asked for that the face draws, and their glyph ids in the new font. */
  readonly codepoints: CodepointSet;
  readonly glyphIds: Uint16Array<ArrayBuffer>;
  /** The glyph id in the new font of a pack glyph that is among `glyphs`. */
  readonly glyphIdOf: (packGlyph: number) => number;
};

/** Selects the glyphs that draw a set: those it maps to, the components that these are made of, and .notdef. */
export function selectGlyphs(pack: PackGlyphs, set: CodepointSet): GlyphSelection {
  const { codepoints, packGlyphs } = mapCodepoints(pack, set);
  const marks = new Uint8Array(pack.contourCounts.length);
  let count = markWithComponents(pack, marks, 0);
  for (const glyph of packGlyphs) count += markWithComponents(pack, marks, glyph);
  const glyphs = new Uint16Array(count);
  const glyphIds = new Uint16Array(pack.contourCounts.length);
  for (let glyph = 0, id = 0; id < count; glyph++) {
    if (marks[glyph] === 0) continue;
    glyphIds[glyph] = id;
    glyphs[id++] = glyph;
  }
  const glyphIdOf = (packGlyph: number) => glyphIds[packGlyph] ?? 0;
  return { glyphs, codepoints, glyphIds: packGlyphs.map(glyphIdOf), glyphIdOf };
}

function mapCodepoints(
  pack: PackGlyphs,
  set: CodepointSet,
): { codepoints: CodepointSet; packGlyphs: Uint16Array<ArrayBuffer> } {
  const codepoints = new Uint32Array(set.length);
  const packGlyphs = new Uint16Array(set.length);
  let count = 0;
  let from = 0;
  for (const codepoint of set) {
    from = lowerBound(pack.codepoints, codepoint, from);
    if (pack.codepoints[from] !== codepoint) continue;
    codepoints[count] = codepoint;
    packGlyphs[count++] = pack.codepointGlyphs[from] ?? 0;
  }
  const drawn = count === 0 ? EMPTY_CODEPOINT_SET : (codepoints.subarray(0, count) as CodepointSet);
  return { codepoints: drawn, packGlyphs: packGlyphs.subarray(0, count) };
}

function lowerBound(values: Uint32Array, value: number, from: number): number {
  let low = from;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Marks a glyph and all it is made of; returns how many were not marked before. */
function markWithComponents(pack: PackGlyphs, marks: Uint8Array, glyph: number): number {
  const waiting = [glyph];
  let count = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (marks[next] === 1) continue;
    marks[next] = 1;
    count += 1;
    if ((pack.contourCounts[next] ?? 0) < 0) waiting.push(...componentsOf(pack, next));
  }
  return count;
}

function componentsOf({ records, recordOffsets }: PackGlyphs, glyph: number): readonly number[] {
  const end = (recordOffsets[glyph + 1] ?? 0) - BOX_BYTES;
  const { starts } = findComponentRecords(records, recordOffsets[glyph] ?? 0, end);
  return starts.map((start) => readComponentGlyph(records, start));
}
