import type { CodepointSet } from '../codepoints/codepoint-set.ts';
import { ByteWriter } from './byte-writer.ts';

const LAST_OF_BMP = 0xffff;

/** A run of consecutive codepoints whose glyph ids are consecutive too. */
type Segment = { readonly first: number; readonly last: number; readonly glyph: number };

/**
 * Writes a `cmap`: format 4 for the Basic Multilingual Plane and, where a codepoint lies beyond it, format 12 for all.
 *
 * @param glyphs the glyph id of every codepoint, in the set's order.
 * @see https://learn.microsoft.com/typography/opentype/spec/cmap
 */
export function writeCmap(codepoints: CodepointSet, glyphs: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const segments = segmentsOf(codepoints, glyphs);
  const basic = writeFormat4(segments.filter(({ first }) => first < LAST_OF_BMP));
  const hasSupplementary = (codepoints.at(-1) ?? 0) > LAST_OF_BMP;
  const records = hasSupplementary ? 2 : 1;
  const out = new ByteWriter(basic.length + segments.length * 12 + 64).uint16(0).uint16(records);
  out
    .uint16(3)
    .uint16(1)
    .uint32(4 + records * 8);
  if (hasSupplementary)
    out
      .uint16(3)
      .uint16(10)
      .uint32(4 + records * 8 + basic.length);
  out.append(basic);
  if (hasSupplementary) appendFormat12(out, segments);
  return out.bytes();
}

function segmentsOf(codepoints: CodepointSet, glyphs: ArrayLike<number>): readonly Segment[] {
  const segments: Segment[] = [];
  for (let start = 0; start < codepoints.length; ) {
    const first = codepoints[start] ?? 0;
    const glyph = glyphs[start] ?? 0;
    let run = 1;
    while (
      codepoints[start + run] === first + run &&
      glyphs[start + run] === glyph + run &&
      first + run !== LAST_OF_BMP
    )
      run += 1;
    segments.push({ first, last: first + run - 1, glyph });
    start += run;
  }
  return segments;
}

/** As many as a subtable of 65,535 bytes has room for, the end mark included. */
const MAX_FORMAT_4_SEGMENTS = 8189;

function writeFormat4(mapped: readonly Segment[]): Uint8Array<ArrayBuffer> {
  if (mapped.length >= MAX_FORMAT_4_SEGMENTS) {
    throw new RangeError(`A format 4 cmap holds ${MAX_FORMAT_4_SEGMENTS} segments; these are ${mapped.length + 1}.`);
  }
  const segments = [...mapped, { first: LAST_OF_BMP, last: LAST_OF_BMP, glyph: 0 }];
  const searchRange = 2 ** Math.floor(Math.log2(segments.length)) * 2;
  const out = new ByteWriter(16 + segments.length * 8);
  out
    .uint16(4)
    .uint16(16 + segments.length * 8)
    .uint16(0)
    .uint16(segments.length * 2);
  out
    .uint16(searchRange)
    .uint16(Math.log2(searchRange / 2))
    .uint16(segments.length * 2 - searchRange);
  out.uint16s(segments.map(({ last }) => last)).uint16(0);
  out.uint16s(segments.map(({ first }) => first));
  out.uint16s(segments.map(({ first, glyph }) => glyph - first));
  return out.uint16s(segments.map(() => 0)).bytes();
}

function appendFormat12(out: ByteWriter, segments: readonly Segment[]): void {
  out
    .uint16(12)
    .uint16(0)
    .uint32(16 + segments.length * 12)
    .uint32(0)
    .uint32(segments.length);
  for (const { first, last, glyph } of segments) out.uint32(first).uint32(last).uint32(glyph);
}
