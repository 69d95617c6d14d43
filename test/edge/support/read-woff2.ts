import { brotliDecompressSync } from 'node:zlib';

const KNOWN_TAGS =
  'cmap head hhea hmtx maxp name OS/2 post cvt fpgm glyf loca prep CFF VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB'.split(
    ' ',
  );
const ARBITRARY_TAG = 63;
const HEADER_BYTES = 48;

/** The tables of a WOFF2 file as they are in its stream: glyf and loca in their transformed form. Written from the specification. */
export function readWoff2Tables(file: Uint8Array<ArrayBuffer>): ReadonlyMap<string, DataView> {
  const header = viewOf(file);
  if (header.getUint32(0) !== 0x774f4632) throw new Error('not WOFF2');
  if (header.getUint32(8) !== file.length) throw new Error('the length of the file is not what it says');
  let at = HEADER_BYTES;
  const readBase128 = () => {
    for (let value = 0; ; ) {
      const byte = header.getUint8(at++);
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  const readTag = (known: number) => {
    if (known < ARBITRARY_TAG) return KNOWN_TAGS[known] ?? `#${known}`;
    at += 4;
    return new TextDecoder().decode(file.subarray(at - 4, at));
  };
  let end = 0;
  const entries = Array.from({ length: header.getUint16(12) }, () => {
    const flags = header.getUint8(at++);
    const tag = readTag(flags & ARBITRARY_TAG);
    const plainBytes = readBase128();
    const isTransformed = (flags >> 6 === 0) === (tag === 'glyf' || tag === 'loca');
    const start = end;
    end += isTransformed ? readBase128() : plainBytes;
    return { tag, start, end };
  });
  const stream = brotliDecompressSync(file.subarray(at, at + header.getUint32(20)));
  if (stream.length !== end) throw new Error('the stream is longer or shorter than its tables');
  return new Map(entries.map(({ tag, start, end }) => [tag, viewOf(stream.subarray(start, end))]));
}

/** The codepoints that a WOFF2 file maps to glyphs, ascending. */
export function codepointsOfWoff2(file: Uint8Array<ArrayBuffer>): readonly number[] {
  const tables = readWoff2Tables(file);
  const [cmap, glyphCount] = [tables.get('cmap')!, tables.get('maxp')!.getUint16(4)];
  const mapped = new Map<number, number>();
  for (let record = 0; record < cmap.getUint16(2); record++) {
    const start = cmap.getUint32(4 + record * 8 + 4);
    const format = cmap.getUint16(start);
    const pairs = format === 12 ? readFormat12(cmap, start) : format === 4 ? readFormat4(cmap, start) : [];
    for (const [codepoint, glyph] of pairs) if (glyph !== 0) mapped.set(codepoint, glyph);
  }
  if ([...mapped.values()].some((glyph) => glyph >= glyphCount)) throw new Error('the cmap names a glyph too many');
  return [...mapped.keys()].sort((a, b) => a - b);
}

function* readFormat12(cmap: DataView, start: number): Generator<readonly [number, number]> {
  for (let group = 0; group < cmap.getUint32(start + 12); group++) {
    const at = start + 16 + group * 12;
    const [first, last, glyph] = [cmap.getUint32(at), cmap.getUint32(at + 4), cmap.getUint32(at + 8)];
    for (let codepoint = first; codepoint <= last; codepoint++) yield [codepoint, glyph + codepoint - first];
  }
}

function* readFormat4(cmap: DataView, start: number): Generator<readonly [number, number]> {
  const columnBytes = cmap.getUint16(start + 6);
  for (let segment = 0; segment < columnBytes; segment += 2) {
    const ends = start + 14 + segment;
    const firsts = ends + columnBytes + 2;
    const [deltas, offsets] = [firsts + columnBytes, firsts + 2 * columnBytes];
    const [delta, offset] = [cmap.getUint16(deltas), cmap.getUint16(offsets)];
    for (let codepoint = cmap.getUint16(firsts); codepoint <= cmap.getUint16(ends) && codepoint < 0xffff; codepoint++) {
      const listed =
        offset === 0 ? codepoint : cmap.getUint16(offsets + offset + (codepoint - cmap.getUint16(firsts)) * 2);
      yield [codepoint, offset !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff];
    }
  }
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
