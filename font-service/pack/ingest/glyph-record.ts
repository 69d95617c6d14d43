import { TypecaseError } from '../../errors.ts';
import { ByteReader } from '../../sfnt/byte-reader.ts';
import { ByteWriter } from '../../sfnt/byte-writer.ts';
import {
  clearInstructionsMark,
  findComponentRecords,
  readComponentGlyph,
  writeComponentGlyph,
} from '../../sfnt/composite-glyph.ts';
import { type BoundingBox, parseSimpleGlyph, readBoundingBox, type SimpleGlyph } from '../../sfnt/simple-glyph.ts';
import { GLYPH_FLAGS } from '../pack-format.ts';

/** A glyph as the pack holds it: its columns and its record. */
export type GlyphRecord = {
  readonly contourCount: number;
  readonly flags: number;
  readonly pointCountBytes: number;
  readonly flagBytes: number;
  readonly plainBytes: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

const EMPTY_GLYPH_RECORD: GlyphRecord = {
  contourCount: 0,
  flags: 0,
  pointCountBytes: 0,
  flagBytes: 0,
  plainBytes: 0,
  bytes: new Uint8Array(0),
};

/**
 * Transforms a glyph description of a `glyf` table into its record.
 *
 * @param packGlyphOf the pack glyph of a glyph id of the font, for components.
 * @throws TypecaseError `bad-font` or `out-of-bounds` for a description that cannot be read; `unservable-font` for one that is
 *   too large for the columns of a pack.
 * @see https://www.w3.org/TR/WOFF2/#glyf_table_format
 */
export function glyphRecordOf(
  description: Uint8Array<ArrayBuffer>,
  packGlyphOf: (glyph: number) => number,
): GlyphRecord {
  const reader = new ByteReader(description, 'a glyph description');
  const contourCount = description.length === 0 ? 0 : reader.int16(0);
  if (contourCount === 0) return EMPTY_GLYPH_RECORD;
  const plainBytes = Math.ceil(description.length / 4) * 4;
  const record =
    contourCount > 0 ? simpleRecord(parseSimpleGlyph(description)) : compositeRecord(description, packGlyphOf);
  const largestBytes = Math.max(plainBytes, record.pointCountBytes, record.flagBytes);
  if (largestBytes > MAX_COLUMN_BYTES) {
    const reason = `one of its glyphs takes ${largestBytes} bytes; 65,535 bytes is the limit`;
    throw new TypecaseError('unservable-font', `The font cannot be served: ${reason}.`);
  }
  return { ...record, plainBytes };
}

/** The columns that count a record's bytes are of uint16. */
const MAX_COLUMN_BYTES = 0xffff;

type RecordParts = Omit<GlyphRecord, 'plainBytes'>;

function simpleRecord(glyph: SimpleGlyph): RecordParts {
  const pointCounts = new ByteWriter();
  glyph.endPoints.forEach((end, contour) => {
    append255Uint16(pointCounts, end - (glyph.endPoints[contour - 1] ?? -1));
  });
  const flags = new ByteWriter();
  const triplets = new ByteWriter();
  glyph.dx.forEach((dx, point) => {
    appendTriplet(flags, triplets, dx, glyph.dy[point] ?? 0, glyph.isOnCurve[point] ?? true);
  });
  append255Uint16(triplets, 0);
  const hasBox = !isSameBox(glyph.box, boxOfPoints(glyph));
  const out = new ByteWriter(pointCounts.length + flags.length + triplets.length + 8);
  out.append(pointCounts.bytes()).append(flags.bytes()).append(triplets.bytes());
  if (hasBox) appendBox(out, glyph.box);
  return {
    contourCount: glyph.endPoints.length,
    flags: (hasBox ? GLYPH_FLAGS.hasBox : 0) | (glyph.hasOverlap ? GLYPH_FLAGS.hasOverlap : 0),
    pointCountBytes: pointCounts.length,
    flagBytes: flags.length,
    bytes: out.bytes().slice(),
  };
}

function compositeRecord(description: Uint8Array<ArrayBuffer>, packGlyphOf: (glyph: number) => number): RecordParts {
  const { starts, end } = findComponentRecords(description, 10, description.length);
  const components = description.slice(10, end);
  for (const start of starts) {
    const at = start - 10;
    clearInstructionsMark(components, at);
    writeComponentGlyph(components, at, packGlyphOf(readComponentGlyph(components, at)));
  }
  const out = new ByteWriter(components.length + 8).append(components);
  appendBox(out, readBoundingBox(new ByteReader(description, 'a composite glyph')));
  return { contourCount: -1, flags: GLYPH_FLAGS.hasBox, pointCountBytes: 0, flagBytes: 0, bytes: out.bytes().slice() };
}

function boxOfPoints({ dx, dy }: SimpleGlyph): BoundingBox {
  let [x, y] = [0, 0];
  let [xMin, yMin] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [xMax, yMax] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let point = 0; point < dx.length; point++) {
    x += dx[point] ?? 0;
    y += dy[point] ?? 0;
    [xMin, xMax] = [Math.min(xMin, x), Math.max(xMax, x)];
    [yMin, yMax] = [Math.min(yMin, y), Math.max(yMax, y)];
  }
  return { xMin, yMin, xMax, yMax };
}

function isSameBox(a: BoundingBox, b: BoundingBox): boolean {
  return a.xMin === b.xMin && a.yMin === b.yMin && a.xMax === b.xMax && a.yMax === b.yMax;
}

function appendBox(out: ByteWriter, { xMin, yMin, xMax, yMax }: BoundingBox): void {
  out.uint16s([xMin, yMin, xMax, yMax]);
}

/** One to three bytes, shorter for smaller numbers. @see https://www.w3.org/TR/WOFF2/#255UInt16 */
function append255Uint16(out: ByteWriter, value: number): void {
  if (value < 253) out.uint8(value);
  else if (value < 506) out.uint8(255).uint8(value - 253);
  else if (value < 762) out.uint8(254).uint8(value - 506);
  else out.uint8(253).uint16(value);
}

/**
 * Appends a point's step as a flag and one to four bytes: the shortest form of the triplet encoding.
 *
 * @see https://www.w3.org/TR/WOFF2/#triplet_decoding
 */
function appendTriplet(flags: ByteWriter, data: ByteWriter, dx: number, dy: number, isOnCurve: boolean): void {
  const curve = isOnCurve ? 0 : 0x80;
  const [x, y] = [Math.abs(dx), Math.abs(dy)];
  const [xSign, ySign] = [dx < 0 ? 0 : 1, dy < 0 ? 0 : 1];
  const signs = xSign + 2 * ySign;
  if (dx === 0 && y < 1280) {
    flags.uint8(curve + (y >> 8) * 2 + ySign);
    data.uint8(y);
  } else if (dy === 0 && x < 1280) {
    flags.uint8(curve + 10 + (x >> 8) * 2 + xSign);
    data.uint8(x);
  } else if (x < 65 && y < 65) {
    flags.uint8(curve + 20 + ((x - 1) >> 4) * 16 + ((y - 1) >> 4) * 4 + signs);
    data.uint8((((x - 1) & 15) << 4) | ((y - 1) & 15));
  } else if (x < 769 && y < 769) {
    flags.uint8(curve + 84 + ((x - 1) >> 8) * 12 + ((y - 1) >> 8) * 4 + signs);
    data.uint8(x - 1).uint8(y - 1);
  } else if (x < 4096 && y < 4096) {
    flags.uint8(curve + 120 + signs);
    data.uint8(x >> 4).uint16(((x & 15) << 12) | y);
  } else {
    flags.uint8(curve + 124 + signs);
    data.uint16(x).uint16(y);
  }
}
