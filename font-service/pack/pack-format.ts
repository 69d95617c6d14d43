/**
 * The pack: everything the service needs of one face, in one file that is read without copying.
 *
 * All numbers are little-endian, as in the memory of every machine that workerd runs on, and every section begins at a
 * multiple of 4, so that typed arrays look straight into the file.
 *
 * ```
 * 0    u32       magic 'TCPK'
 * 4    u32       format version
 * 8    u8 × 32   SHA-256 of everything from byte 40 on
 * 40   u32       length of the file
 * 44   u32       length of the core: header and sections; the finished files follow it
 * 48   u32 × 2n  offset and length in bytes of each section, in the order of SECTIONS
 *                the sections
 * ```
 * Glyphs are numbered by their first codepoint, ascending; then come those that only composites use. Number 0 is .notdef,
 * a single point. A glyph's record is the part of each WOFF2 glyf stream that it gives, one after the other:
 * for a simple glyph nPoints, flags, triplets and instructionLength 0; for a composite its component records, in
 * which glyph ids are pack glyph numbers; then, where marked, the bounding box (int16 × 4, big-endian like the streams).
 * @see https://www.w3.org/TR/WOFF2/#glyf_table_format
 */
export const PACK_MAGIC = 0x4b504354;
export const PACK_VERSION = 1;
export const DIGEST_OFFSET = 8;
export const DIGESTED_FROM = 40;
export const FILE_LENGTH_OFFSET = 40;
export const CORE_LENGTH_OFFSET = 44;
export const SECTION_TABLE_OFFSET = 48;

/** Largest pack that is read: four times the largest face of the tests. */
export const MAX_PACK_BYTES = 64 * 1024 * 1024;

/** The sections in file order. */
export const SECTION_NAMES = [
  /** FaceMeta as JSON, UTF-8. */
  'meta',
  /** u32: the codepoints that the face draws, ascending. */
  'codepoints',
  /** u16: the glyph of each codepoint. */
  'codepointGlyphs',
  /** u32, one more than there are glyphs: where each glyph's record begins in `records`. */
  'recordOffsets',
  /** i16: contours of each glyph; 0 without an outline, -1 for composites. */
  'contourCounts',
  /** u8: GLYPH_FLAGS of each glyph. */
  'glyphFlags',
  /** u16: bytes of each record that are nPoints; 0 for composites. */
  'pointCountBytes',
  /** u16: bytes of each record that are flags; 0 for composites. */
  'flagBytes',
  /** u16: bytes of each glyph's description in a plain glyf table. */
  'plainBytes',
  /** u16 and i16: advance width and left side bearing of each glyph, in font units. */
  'advanceWidths',
  'leftBearings',
  /** u16 and i16: advance height and top side bearing of each glyph, or empty. */
  'advanceHeights',
  'topBearings',
  /** The static sfnt tables, by `FaceMeta.tables`. */
  'tables',
  'records',
] as const;

export type SectionName = (typeof SECTION_NAMES)[number];

/** Bytes before the first section. */
export const HEADER_BYTES = SECTION_TABLE_OFFSET + 8 * SECTION_NAMES.length;

/** Bits of `glyphFlags`. */
export const GLYPH_FLAGS = {
  /** The record ends with a box: it differs from the one that a decoder derives from the points, or the glyph is composite. */
  hasBox: 1,
  /** OVERLAP_SIMPLE is set in the glyph's first flag. */
  hasOverlap: 2,
} as const;

/** Bytes of the box at the end of a record: int16 × 4. */
export const BOX_BYTES = 8;
