import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../font-service/sfnt/byte-writer.ts';

type Step = { readonly write: (out: ByteWriter) => void; readonly bytes: readonly number[] };

const source = Uint8Array.from({ length: 64 }, (_, index) => index * 3);
const big = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) & 0xff);

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.nat(0xff).map((value) => ({ write: (out: ByteWriter) => out.uint8(value), bytes: [value] })),
  fc.nat(0xffff).map((value) => ({ write: (out: ByteWriter) => out.uint16(value), bytes: big(value, 2) })),
  fc.nat(0xffffffff).map((value) => ({ write: (out: ByteWriter) => out.uint32(value), bytes: big(value, 4) })),
  fc.integer({ min: -0x8000, max: -1 }).map((value) => ({
    write: (out: ByteWriter) => out.uint16s([value]),
    bytes: big(value + 0x10000, 2),
  })),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => ({
    write: (out: ByteWriter) => out.append(bytes),
    bytes: [...bytes],
  })),
  fc.tuple(fc.nat(64), fc.nat(64)).map(([a, b]) => {
    const [start, end] = [Math.min(a, b), Math.max(a, b)];
    return { write: (out: ByteWriter) => out.appendRange(source, start, end), bytes: [...source.slice(start, end)] };
  }),
);

describe('ByteWriter', () => {
  it('writes big-endian numbers, tags and bytes one after the other', () => {
    const out = new ByteWriter().uint8(1).uint16(0x0203).uint32(0x04050607).tag('glyf').uint16s([-1]);
    expect([...out.bytes()]).toEqual([1, 2, 3, 4, 5, 6, 7, 0x67, 0x6c, 0x79, 0x66, 0xff, 0xff]);
    expect(out.length).toBe(13);
  });

  it('keeps the byte that makes the buffer grow', () => {
    const out = new ByteWriter(16);
    for (let value = 0; value < 1000; value++) out.uint8(value);
    expect([...out.bytes()]).toEqual(Array.from({ length: 1000 }, (_, value) => value & 0xff));
  });

  it.each([1, 2, 15, 16, 17])('keeps numbers that straddle the end of a buffer of %d bytes', (capacity) => {
    const out = new ByteWriter(capacity).append(new Uint8Array(15)).uint16(0x0102).uint32(0x03040506);
    expect([...out.bytes().subarray(15)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('grows by more than double where much is appended at once', () => {
    const out = new ByteWriter(16).uint8(7).append(new Uint8Array(1000).fill(9)).uint8(8);
    expect([out.length, out.bytes()[0], out.bytes()[1000], out.bytes()[1001]]).toEqual([1002, 7, 9, 8]);
  });

  it('pads with zeros up to the next multiple, and not at all where it stands on one', () => {
    expect([...new ByteWriter().uint8(1).pad(4).pad(4).bytes()]).toEqual([1, 0, 0, 0]);
    expect(new ByteWriter().pad(4).length).toBe(0);
  });

  it('writes what an array of bytes would hold, whatever the capacity', () => {
    fc.assert(
      fc.property(fc.nat(80), fc.array(steps, { maxLength: 40 }), (capacity, writes) => {
        const out = new ByteWriter(capacity);
        for (const { write } of writes) write(out);
        expect([...out.bytes()]).toEqual(writes.flatMap(({ bytes }) => bytes));
      }),
    );
  });
});
