import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf } from '../../../../font-service/codepoints/codepoint-set.ts';
import { drawCase } from '../../../../server/dashboard/draw-case.ts';
import { writePng } from '../../../../server/dashboard/write-png.ts';

const deflate = (bytes: Uint8Array) => new Uint8Array(deflateSync(bytes));

/** Reads a PNG of 8-bit palette indices whose rows are all filtered by Up. Written from the specification. */
function readPng(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < file.length; ) {
    const length = view.getUint32(at);
    chunks.set(new TextDecoder().decode(file.subarray(at + 4, at + 8)), file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get('IHDR')!;
  const [width = 0, height = 0] = [3, 7].map((at) => (header[at - 1] ?? 0) * 256 + (header[at] ?? 0));
  const rows = inflateSync(chunks.get('IDAT')!);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    expect(rows[y * (width + 1)]).toBe(2);
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = (rows[y * (width + 1) + 1 + x] ?? 0) + (y === 0 ? 0 : (pixels[(y - 1) * width + x] ?? 0));
  }
  return { width, height, pixels, opacities: [...chunks.get('tRNS')!], chunks: [...chunks.keys()] };
}

function pngOf(url: string): Uint8Array {
  return new Uint8Array(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
}

describe('writePng', () => {
  it('writes pixels that can be read again', () => {
    const picture = fc
      .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 20 }) })
      .chain(({ width, height }) =>
        fc.record({
          width: fc.constant(width),
          pixels: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
        }),
      );
    fc.assert(
      fc.property(picture, ({ width, pixels }) => {
        const opacities = [0, 128, 255];
        const read = readPng(writePng({ width, pixels: new Uint8Array(pixels), opacities }, deflate));
        expect(read).toEqual({
          ...{ width, height: pixels.length / width, pixels: new Uint8Array(pixels), opacities },
          chunks: ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'],
        });
      }),
    );
  });

  it('has the checksums of the specification', () => {
    const file = writePng({ width: 1, pixels: Uint8Array.of(0), opacities: [0] }, deflate);
    // The CRC of an IEND chunk is the same in every PNG file.
    expect([...file.subarray(-4)]).toEqual([0xae, 0x42, 0x60, 0x82]);
  });
});

describe('drawCase', () => {
  const codepoints = codepointSetOf([0x3b1, 0x4e00, 0x4e01, 0x4e02, 0xac00, 0x20000]);
  const compartments = drawCase(codepoints, Uint8Array.of(3, 0, 15, 1, 0, 2), deflate);

  it('puts codepoints of a kind together, and leaves out kinds that are not there', () => {
    expect(compartments.map(({ title, codepoints: count, seen }) => [title, count, seen])).toEqual([
      ['Hangul', 1, 0],
      ['Han', 3, 2],
      ['Han, further blocks', 1, 1],
      ['Letters and signs', 1, 1],
    ]);
    expect(drawCase(codepointSetOf([0x4e00]), Uint8Array.of(1), deflate).length).toBe(1);
  });

  it('draws a cell for each, as dense as it is used, with gaps between', () => {
    const han = compartments[1]!;
    const { width, height, pixels } = readPng(pngOf(han.use));
    expect([width, height]).toEqual([17, 5]);
    expect([...pixels.subarray(0, 17)]).toEqual([...Array(5).fill(0), 0, ...Array(5).fill(15), 0, ...Array(5).fill(1)]);
    const cells = readPng(pngOf(han.cells));
    expect(new Set(cells.pixels)).toEqual(new Set([0, 1]));
  });

  it('begins a new row after 192 cells', () => {
    const many = codepointSetOf(Array.from({ length: 400 }, (_, index) => 0x4e00 + index));
    const [han] = drawCase(many, new Uint8Array(400), deflate);
    expect([han?.width, han?.height]).toEqual([192 * 6 - 1, 3 * 6 - 1]);
  });

  it('takes 30,000 codepoints in less than 64 kB', () => {
    const many = codepointSetOf(Array.from({ length: 20_000 }, (_, index) => 0x4e00 + index));
    const levels = Uint8Array.from(many, (codepoint) => (codepoint * 7919) % 16);
    const bytes = drawCase(many, levels, deflate).reduce((sum, { use, cells }) => sum + use.length + cells.length, 0);
    expect(bytes).toBeLessThan(65_536);
  });
});
