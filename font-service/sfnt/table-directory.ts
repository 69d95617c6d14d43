import { TypecaseError } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** The tables of an sfnt by tag, as views into the file, in the order of the directory. */
export type SfntTables = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const HEADER_BYTES = 12;
const ENTRY_BYTES = 16;
const MAX_TABLES = 128;
/** Flavours whose outlines are in a `glyf` table: version 1.0, and Apple's `true`. */
const TRUETYPE_FLAVOURS: readonly number[] = [0x00010000, 0x74727565];

/**
 * Parses the table directory of a TrueType file.
 *
 * @throws TypecaseError `bad-font` when there are too many tables or a tag stands twice; `out-of-bounds` when a table leaves the file.
 * @see https://learn.microsoft.com/typography/opentype/spec/otff#table-directory
 */
export function parseTableDirectory(file: Uint8Array<ArrayBuffer>): SfntTables {
  const reader = new ByteReader(file, 'the font file');
  if (!TRUETYPE_FLAVOURS.includes(reader.uint32(0))) {
    throw new TypecaseError('bad-font', 'The file does not begin like a TrueType font (00 01 00 00).');
  }
  const count = reader.uint16(4);
  if (count > MAX_TABLES)
    throw new TypecaseError('bad-font', `The font lists ${count} tables; ${MAX_TABLES} is the limit.`);
  const tables = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let index = 0; index < count; index++) {
    const entry = HEADER_BYTES + index * ENTRY_BYTES;
    const tag = reader.tag(entry);
    if (tables.has(tag)) throw new TypecaseError('bad-font', `The table ${tag} stands twice in the font.`);
    tables.set(tag, reader.slice(reader.uint32(entry + 8), reader.uint32(entry + 12)));
  }
  return tables;
}

/** Gives a table's bytes. @throws TypecaseError `bad-font` where the font lacks it. */
export function requireTable(tables: SfntTables, tag: string): Uint8Array<ArrayBuffer> {
  const bytes = tables.get(tag);
  if (bytes === undefined) throw new TypecaseError('bad-font', `The font has no ${tag} table.`, { tag });
  return bytes;
}

/**
 * Writes a TrueType file of the tables, in tag order, with their checksums and `head.checkSumAdjustment`.
 *
 * @see https://learn.microsoft.com/typography/opentype/spec/otff#calculating-checksums
 */
export function writeSfnt(tables: SfntTables): Uint8Array<ArrayBuffer> {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const searchRange = 16 * 2 ** Math.floor(Math.log2(sorted.length));
  const out = new ByteWriter(HEADER_BYTES + sorted.reduce((sum, [, bytes]) => sum + bytes.length + 20, 0));
  out.uint32(0x00010000).uint16(sorted.length);
  out
    .uint16(searchRange)
    .uint16(Math.log2(searchRange / 16))
    .uint16(sorted.length * 16 - searchRange);
  let offset = HEADER_BYTES + sorted.length * ENTRY_BYTES;
  for (const [tag, bytes] of sorted) {
    out
      .tag(tag)
      .uint32(checksumOf(bytes, tag === 'head'))
      .uint32(offset)
      .uint32(bytes.length);
    offset += Math.ceil(bytes.length / 4) * 4;
  }
  let headOffset = 0;
  for (const [tag, bytes] of sorted) {
    if (tag === 'head') headOffset = out.length;
    out.append(bytes).pad(4);
  }
  return withChecksumAdjustment(out.bytes(), headOffset);
}

const CHECKSUM_ADJUSTMENT_OFFSET = 8;

function withChecksumAdjustment(file: Uint8Array<ArrayBuffer>, headOffset: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  view.setUint32(headOffset + CHECKSUM_ADJUSTMENT_OFFSET, 0);
  view.setUint32(headOffset + CHECKSUM_ADJUSTMENT_OFFSET, 0xb1b0afba - checksumOf(file));
  return file;
}

function checksumOf(bytes: Uint8Array, isHead = false): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index++) {
    if (isHead && index >= CHECKSUM_ADJUSTMENT_OFFSET && index < CHECKSUM_ADJUSTMENT_OFFSET + 4) continue;
    sum = (sum + ((bytes[index] ?? 0) << (24 - 8 * (index % 4)))) >>> 0;
  }
  return sum;
}
