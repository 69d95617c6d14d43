import type { PackGlyphs } from '../pack/pack.ts';
import { BOX_BYTES, GLYPH_FLAGS } from '../pack/pack-format.ts';
import { ByteWriter } from '../sfnt/byte-writer.ts';
import { findComponentRecords, readComponentGlyph, writeComponentGlyph } from '../sfnt/composite-glyph.ts';
import type { GlyphSelection } from './glyph-selection.ts';
import type { Woff2Table } from './woff2.ts';

const HAS_OVERLAP_BITMAP = 0x0001;
/**
 * The `indexToLocFormat` of every font, here and in `head`: decoders write `loca` anew, so that long offsets cost nothing and
 * a short format's limit is no concern.
 */
export const LONG_OFFSETS = 1;

/** The transformed `glyf`, and the `loca` that decoders derive from it, with the long offsets that `head` must state. */
export type GlyfTables = { readonly glyf: Woff2Table; readonly loca: Woff2Table };

type Streams = {
  readonly contourCounts: ByteWriter;
  readonly pointCounts: ByteWriter;
  readonly flags: ByteWriter;
  readonly triplets: ByteWriter;
  readonly composites: ByteWriter;
  readonly boxBitmap: Uint8Array<ArrayBuffer>;
  readonly boxes: ByteWriter;
  readonly overlapBitmap: Uint8Array<ArrayBuffer>;
};

/**
 * Concatenates the records of the selected glyphs into the streams of a transformed `glyf` table.
 *
 * @see https://www.w3.org/TR/WOFF2/#glyf_table_format
 */
export function writeGlyfTables(pack: PackGlyphs, selection: GlyphSelection): GlyfTables {
  const { glyphs } = selection;
  const streams = createStreams(glyphs.length);
  let plainBytes = 0;
  for (let id = 0; id < glyphs.length; id++) {
    const glyph = glyphs[id] ?? 0;
    plainBytes += pack.plainBytes[glyph] ?? 0;
    appendGlyph(streams, pack, selection, id, glyph);
  }
  const glyf = writeStreams(streams, glyphs.length);
  return {
    glyf: { tag: 'glyf', bytes: glyf, transformedFrom: plainBytes },
    loca: { tag: 'loca', bytes: new Uint8Array(0), transformedFrom: (glyphs.length + 1) * 4 },
  };
}

function createStreams(glyphCount: number): Streams {
  const bitmapBytes = 4 * Math.ceil(glyphCount / 32);
  return {
    contourCounts: new ByteWriter(glyphCount * 2),
    pointCounts: new ByteWriter(glyphCount * 8),
    flags: new ByteWriter(glyphCount * 64),
    triplets: new ByteWriter(glyphCount * 128),
    composites: new ByteWriter(),
    boxBitmap: new Uint8Array(bitmapBytes),
    boxes: new ByteWriter(),
    overlapBitmap: new Uint8Array(Math.ceil(glyphCount / 8)),
  };
}

function appendGlyph(streams: Streams, pack: PackGlyphs, selection: GlyphSelection, id: number, glyph: number): void {
  const { records } = pack;
  const contours = pack.contourCounts[glyph] ?? 0;
  const flags = pack.glyphFlags[glyph] ?? 0;
  const start = pack.recordOffsets[glyph] ?? 0;
  const end = pack.recordOffsets[glyph + 1] ?? 0;
  const boxStart = (flags & GLYPH_FLAGS.hasBox) === 0 ? end : end - BOX_BYTES;
  streams.contourCounts.uint16(contours);
  if (contours < 0) appendComposite(streams.composites, records, start, boxStart, selection);
  else if (contours > 0) {
    const flagsStart = start + (pack.pointCountBytes[glyph] ?? 0);
    const tripletsStart = flagsStart + (pack.flagBytes[glyph] ?? 0);
    streams.pointCounts.appendRange(records, start, flagsStart);
    streams.flags.appendRange(records, flagsStart, tripletsStart);
    streams.triplets.appendRange(records, tripletsStart, boxStart);
  }
  if (boxStart !== end) setBit(streams.boxBitmap, id);
  streams.boxes.appendRange(records, boxStart, end);
  if ((flags & GLYPH_FLAGS.hasOverlap) !== 0) setBit(streams.overlapBitmap, id);
}

function appendComposite(
  out: ByteWriter,
  records: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
  selection: GlyphSelection,
): void {
  const components = records.slice(start, end);
  for (const at of findComponentRecords(components, 0, components.length).starts) {
    writeComponentGlyph(components, at, selection.glyphIdOf(readComponentGlyph(components, at)));
  }
  out.append(components);
}

function setBit(bitmap: Uint8Array, index: number): void {
  bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (0x80 >> (index & 7));
}

function writeStreams(streams: Streams, glyphCount: number): Uint8Array<ArrayBuffer> {
  const { contourCounts, pointCounts, flags, triplets, composites, boxBitmap, boxes, overlapBitmap } = streams;
  const hasOverlap = overlapBitmap.some((byte) => byte !== 0);
  const boxBytes = boxBitmap.length + boxes.length;
  const parts = [contourCounts, pointCounts, flags, triplets, composites];
  const out = new ByteWriter(64 + parts.reduce((sum, part) => sum + part.length, boxBytes + overlapBitmap.length));
  out.uint16(0).uint16(hasOverlap ? HAS_OVERLAP_BITMAP : 0);
  out.uint16(glyphCount).uint16(LONG_OFFSETS);
  for (const part of parts) out.uint32(part.length);
  out.uint32(boxBytes).uint32(0);
  for (const part of parts) out.append(part.bytes());
  out.append(boxBitmap).append(boxes.bytes());
  if (hasOverlap) out.append(overlapBitmap);
  return out.bytes();
}
