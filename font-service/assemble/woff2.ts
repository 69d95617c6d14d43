import { ByteWriter } from '../sfnt/byte-writer.ts';

/** Compresses a brotli stream. Quality and mode are the caller's; the answer may come at once. */
export type BrotliCompress = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;

/** A table as it goes into the compressed stream; `transformedFrom` is its length before the transform, in bytes. */
export type Woff2Table = {
  readonly tag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly transformedFrom?: number;
};

/** The known tags, in the order of their numbers. @see https://www.w3.org/TR/WOFF2/#table_dir_format */
const KNOWN_TAGS =
  'cmap head hhea hmtx maxp name OS/2 post cvt fpgm glyf loca prep CFF VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx'.split(
    ' ',
  );
const ARBITRARY_TAG = 63;
const HEADER_BYTES = 48;

/**
 * Writes a WOFF2 file of the tables, in the order given.
 *
 * `glyf` and `loca` are to be transformed (version 0 of their transforms), `loca` follows `glyf`; no other table is.
 * @see https://www.w3.org/TR/WOFF2/#FileStructure
 */
export async function writeWoff2(
  tables: readonly Woff2Table[],
  compress: BrotliCompress,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = concatenate(tables.map(({ bytes }) => bytes));
  const compressed = await compress(stream);
  const directory = writeDirectory(tables);
  const fileBytes = Math.ceil((HEADER_BYTES + directory.length + compressed.length) / 4) * 4;
  const out = new ByteWriter(fileBytes);
  out.tag('wOF2').uint32(0x00010000).uint32(fileBytes).uint16(tables.length).uint16(0);
  out.uint32(plainSfntBytes(tables)).uint32(compressed.length).uint16(1).uint16(0);
  out.append(new Uint8Array(HEADER_BYTES - out.length));
  return out.append(directory).append(compressed).pad(4).bytes();
}

function writeDirectory(tables: readonly Woff2Table[]): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  for (const { tag, bytes, transformedFrom } of tables) {
    const known = KNOWN_TAGS.indexOf(tag);
    const isTransformed = transformedFrom !== undefined;
    out.uint8(known < 0 ? ARBITRARY_TAG : known);
    if (known < 0) out.tag(tag);
    appendBase128(out, transformedFrom ?? bytes.length);
    if (isTransformed) appendBase128(out, bytes.length);
  }
  return out.bytes();
}

/** Seven bits a byte, most significant first, all but the last marked. @see https://www.w3.org/TR/WOFF2/#DataTypes */
function appendBase128(out: ByteWriter, value: number): void {
  for (let shift = 28; shift > 0; shift -= 7) {
    if (value >>> shift !== 0) out.uint8(((value >>> shift) & 0x7f) | 0x80);
  }
  out.uint8(value & 0x7f);
}

function plainSfntBytes(tables: readonly Woff2Table[]): number {
  return tables.reduce(
    (sum, { bytes, transformedFrom }) => sum + 16 + Math.ceil((transformedFrom ?? bytes.length) / 4) * 4,
    12,
  );
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
