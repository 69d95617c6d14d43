import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { convert } from 'fontverter';
import { describe, expect, it } from 'vitest';
import { assembleFont } from '../../../font-service/assemble/assemble-font.ts';
import { type Woff2Table, writeWoff2 } from '../../../font-service/assemble/woff2.ts';
import { codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { collectGlyphs } from '../../../font-service/pack/ingest/collect-glyphs.ts';
import { compressQuickly } from '../../support/compress-quickly.ts';
import { describeSimpleGlyph, squareAt } from '../../support/glyph-descriptions.ts';
import { tinyFontTables } from '../../support/tiny-font.ts';

const KNOWN_TAGS = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'cvt ', 'fpgm', 'glyf', 'loca'];

type Entry = { readonly tag: string; readonly originalBytes: number; readonly storedBytes: number };

/** Reads a WOFF2 header and directory as the specification tells. */
function readWoff2(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 48;
  const base128 = () => {
    let value = 0;
    for (;;) {
      const byte = view.getUint8(at++);
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  const entries: Entry[] = [];
  for (let index = 0; index < view.getUint16(12); index++) {
    const flags = view.getUint8(at++);
    const isArbitrary = (flags & 63) === 63;
    const tag = isArbitrary
      ? String.fromCharCode(...file.subarray(at, at + 4))
      : (KNOWN_TAGS[flags & 63] ?? `#${flags & 63}`);
    if (isArbitrary) at += 4;
    const originalBytes = base128();
    const isTransformed = (tag === 'glyf' || tag === 'loca') === (flags >> 6 === 0);
    entries.push({ tag, originalBytes, storedBytes: isTransformed ? base128() : originalBytes });
  }
  const compressed = file.subarray(at, at + view.getUint32(20));
  return {
    ...{
      signature: view.getUint32(0),
      flavour: view.getUint32(4),
      length: view.getUint32(8),
      tableCount: view.getUint16(12),
    },
    ...{ reserved: view.getUint16(14), totalSfntBytes: view.getUint32(16), compressedBytes: view.getUint32(20) },
    ...{ rest: file.subarray(28, 48), entries, streamEnd: at + view.getUint32(20) },
    stream: () => brotliDecompressSync(compressed),
  };
}

/** Assembles a font of .notdef and squares, of which some are marked as overlapping. */
function assembleSquares(count: number, isMarked: (index: number) => boolean = () => false) {
  const glyphs = [
    new Uint8Array(0),
    ...Array.from({ length: count }, (_, index) =>
      describeSimpleGlyph({ contours: [squareAt(index, 0, 50)], hasOverlap: isMarked(index) }),
    ),
  ];
  const cmap = new Map(Array.from({ length: count }, (_, index) => [0x4e00 + index, index + 1]));
  const codepoints = codepointSetOf(cmap.keys());
  const face = collectGlyphs(tinyFontTables({ glyphs, cmap }), codepoints, (codepoint) => cmap.get(codepoint) ?? 0);
  return assembleFont(face, codepoints, compressQuickly);
}

describe('the WOFF2 of an assembled font', () => {
  it('states its own length, padded to 4, and where its stream ends', async () => {
    for (const count of [0, 1, 2, 3, 4, 5]) {
      const file = await assembleSquares(count);
      const header = readWoff2(file);
      expect(header).toMatchObject({ signature: 0x774f4632, flavour: 0x00010000, length: file.length, reserved: 0 });
      expect(file.length % 4).toBe(0);
      expect(file.length - header.streamEnd).toBeLessThan(4);
      expect([...file.subarray(header.streamEnd)].every((byte) => byte === 0)).toBe(true);
    }
  });

  it('has neither metadata nor private data', async () => {
    expect([...readWoff2(await assembleSquares(1)).rest]).toEqual(new Array(20).fill(0));
  });

  it('holds loca right behind glyf, transformed to nothing', async () => {
    const { entries } = readWoff2(await assembleSquares(5));
    const glyf = entries.findIndex(({ tag }) => tag === 'glyf');
    expect(entries[glyf + 1]).toEqual({ tag: 'loca', originalBytes: 7 * 4, storedBytes: 0 });
  });

  it('compresses exactly the tables of its directory', async () => {
    const { entries, stream } = readWoff2(await assembleSquares(20));
    expect(stream()).toHaveLength(entries.reduce((sum, { storedBytes }) => sum + storedBytes, 0));
  });

  // The decoders of the tests are older than the overlap bitmap, so the stream itself is looked at.
  it('marks the glyphs that overlap in a bitmap, and has none where there are none', async () => {
    const glyfOf = async (isMarked: (index: number) => boolean) => {
      const { entries, stream } = readWoff2(await assembleSquares(10, isMarked));
      const before = entries.slice(
        0,
        entries.findIndex(({ tag }) => tag === 'glyf'),
      );
      const start = before.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
      return stream().subarray(start, start + (entries[before.length]?.storedBytes ?? 0));
    };
    const marked = await glyfOf((index) => index === 0 || index === 8);
    const plain = await glyfOf(() => false);
    expect([marked.readUInt16BE(2), plain.readUInt16BE(2)]).toEqual([1, 0]);
    expect([...marked.subarray(-2)]).toEqual([0b0100_0000, 0b0100_0000]);
    expect(marked.length - plain.length).toBe(2);
  });

  it('states how long the decoded font is', async () => {
    for (const count of [0, 1, 7, 300]) {
      const file = await assembleSquares(count);
      const decoded = await convert(Buffer.from(file), 'truetype');
      // The decoder may write a glyph more tightly than its source did: what is stated is room enough.
      expect(readWoff2(file).totalSfntBytes).toBeGreaterThanOrEqual(decoded.length);
    }
  });

  it('has long loca offsets whatever its size', async () => {
    const decoded = async (count: number) => {
      const file = new Uint8Array(await convert(Buffer.from(await assembleSquares(count)), 'truetype'));
      const view = new DataView(file.buffer, file.byteOffset);
      const entries = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + index * 16);
      const head = entries.find((at) => view.getUint32(at) === 0x68656164) ?? 0;
      return view.getInt16(view.getUint32(head + 8) + 50);
    };
    expect([await decoded(10), await decoded(6000)]).toEqual([1, 1]);
  });
});

describe('writeWoff2', () => {
  it('spells tags that have no number, and lengths of one to five bytes', async () => {
    const sizes = fc.constantFrom(0, 1, 127, 128, 16383, 16384, 70000);
    const tags = fc.constantFrom('cmap', 'OS/2', 'post', 'DSIG', 'zzzz');
    const table = fc.record({ tag: tags, size: sizes });
    const property = fc.asyncProperty(fc.uniqueArray(table, { selector: ({ tag }) => tag }), async (parts) => {
      const tables: Woff2Table[] = parts.map(({ tag, size }) => ({
        tag,
        bytes: new Uint8Array(size).fill(tag.length),
      }));
      const read = readWoff2(await writeWoff2(tables, compressQuickly));
      expect(read.entries.map(({ tag, storedBytes }) => [tag, storedBytes])).toEqual(
        parts.map(({ tag, size }) => [tag, size]),
      );
      expect(read.tableCount).toBe(parts.length);
      expect(read.totalSfntBytes).toBe(parts.reduce((sum, { size }) => sum + 16 + Math.ceil(size / 4) * 4, 12));
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it('waits for a compressor that answers later', async () => {
    const tables = [{ tag: 'cmap', bytes: Uint8Array.of(1, 2, 3) }];
    const later = await writeWoff2(tables, async (bytes) => compressQuickly(bytes));
    expect(later).toEqual(await writeWoff2(tables, compressQuickly));
  });
});
