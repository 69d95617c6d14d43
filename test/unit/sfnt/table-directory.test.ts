import fc from 'fast-check';
import * as fontkit from 'fontkit';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../font-service/sfnt/byte-writer.ts';
import { parseTableDirectory, requireTable, writeSfnt } from '../../../font-service/sfnt/table-directory.ts';
import { describeSimpleGlyph, squareAt } from '../../support/glyph-descriptions.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { tinyFontTables } from '../../support/tiny-font.ts';

type Entry = readonly [tag: string, offset: number, length: number];

function directoryOf(entries: readonly Entry[], { flavour = 0x00010000, body = 64, count = entries.length } = {}) {
  const out = new ByteWriter().uint32(flavour).uint16(count).append(new Uint8Array(6));
  for (const [tag, offset, length] of entries) out.tag(tag).uint32(0).uint32(offset).uint32(length);
  return out.append(new Uint8Array(body)).bytes().slice();
}

function checksumOf(bytes: Uint8Array): number {
  let sum = 0;
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += 4) sum = (sum + view.getUint32(at)) % 2 ** 32;
  return sum;
}

const TABLES = tinyFontTables({
  glyphs: [new Uint8Array(0), describeSimpleGlyph({ contours: [squareAt(10, 20, 300)] })],
  cmap: new Map([[0x41, 1]]),
});

describe('parseTableDirectory', () => {
  it('gives views of the tables in the order of the directory', () => {
    const file = directoryOf([
      ['zzzz', 44, 4],
      ['aaaa', 48, 8],
    ]);
    const tables = parseTableDirectory(file);
    expect([...tables.keys()]).toEqual(['zzzz', 'aaaa']);
    expect(tables.get('aaaa')).toMatchObject({ byteOffset: 48, length: 8, buffer: file.buffer });
  });

  it('accepts Apple’s flavour', () => {
    expect(parseTableDirectory(directoryOf([], { flavour: 0x74727565 })).size).toBe(0);
  });

  it.each([
    [
      'a tag twice',
      directoryOf([
        ['glyf', 0, 4],
        ['glyf', 4, 4],
      ]),
      'bad-font',
      'glyf stands twice',
    ],
    ['129 tables', directoryOf([], { count: 129 }), 'bad-font', '128 is the limit'],
    ['65,535 tables', directoryOf([], { count: 0xffff }), 'bad-font', '128 is the limit'],
    ['a table beyond the file', directoryOf([['glyf', 90, 4]]), 'out-of-bounds', '4 bytes were to be read at 90'],
    ['a table longer than the file', directoryOf([['glyf', 0, 0xffffffff]]), 'out-of-bounds', 'at 0'],
    ['an offset that wraps', directoryOf([['glyf', 0xfffffffc, 8]]), 'out-of-bounds', 'at 4294967292'],
    ['a directory cut off', directoryOf([], { count: 2, body: 18 }), 'out-of-bounds', 'the font file ends'],
    ['CFF outlines', directoryOf([], { flavour: 0x4f54544f }), 'bad-font', '00 01 00 00'],
    ['nothing', new Uint8Array(0), 'out-of-bounds', 'ends at byte 0'],
    ['eleven bytes', directoryOf([]).slice(0, 5), 'out-of-bounds', 'ends at byte 5'],
  ])('refuses %s', (_, file, code, reason) => {
    const refusal = refusalOf(() => parseTableDirectory(file));
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toContain(reason);
  });

  it('throws nothing but its two errors for any bytes behind the flavour', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const file = new ByteWriter().uint32(0x00010000).uint8(0).append(bytes).bytes().slice();
        expect([undefined, 'bad-font', 'out-of-bounds']).toContain(refusalOf(() => parseTableDirectory(file))?.code);
      }),
    );
  });
});

describe('requireTable', () => {
  it('names the table that is missing', () => {
    expect(refusalOf(() => requireTable(new Map(), 'cmap'))).toEqual({
      code: 'bad-font',
      message: 'The font has no cmap table.',
    });
  });
});

describe('writeSfnt', () => {
  const file = writeSfnt(TABLES);

  it('writes a font that fontkit reads', () => {
    const font = fontkit.create(Buffer.from(file)) as fontkit.Font;
    expect([font.numGlyphs, font.unitsPerEm, font.familyName]).toEqual([2, 1000, 'Tiny']);
    expect(font.glyphForCodePoint(0x41).path.toSVG()).toBe('M10 20L10 320L310 320L310 20Z');
  });

  it('puts every table at a multiple of 4, in tag order, with its checksum', () => {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const tables = [...parseTableDirectory(file)];
    expect(tables.map(([tag]) => tag)).toEqual([...TABLES.keys()].sort());
    tables.forEach(([tag, bytes], index) => {
      expect((bytes.byteOffset - file.byteOffset) % 4).toBe(0);
      const plain = bytes.slice();
      if (tag === 'head') plain.fill(0, 8, 12);
      expect(view.getUint32(12 + index * 16 + 4)).toBe(checksumOf(plain));
    });
  });

  it('adjusts the checksum of the whole file to the magic number', () => {
    expect(checksumOf(file)).toBe(0xb1b0afba);
  });

  it('gives back the tables it was given, but for the adjustment in head', () => {
    const tables = parseTableDirectory(file);
    for (const [tag, bytes] of TABLES) {
      const read = requireTable(tables, tag).slice();
      if (tag === 'head') read.fill(0, 8, 12);
      expect([tag, ...read]).toEqual([tag, ...bytes]);
    }
  });

  it('states the search fields of a directory of ten tables', () => {
    const view = new DataView(file.buffer, file.byteOffset);
    expect([4, 6, 8, 10].map((at) => view.getUint16(at))).toEqual([10, 128, 3, 32]);
  });

  it('leaves the tables it was given as they were', () => {
    expect(TABLES.get('head')?.subarray(8, 12)).toEqual(new Uint8Array(4));
  });
});
