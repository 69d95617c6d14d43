import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../font-service/sfnt/byte-reader.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const BYTES = new Uint8Array([0xff, 0xfe, 0x67, 0x6c, 0x79, 0x66, 0x80, 0x01]);

describe('ByteReader', () => {
  it('reads big-endian numbers', () => {
    const reader = new ByteReader(BYTES, 'the test');
    expect([reader.uint8(0), reader.uint16(0), reader.int16(0), reader.uint32(4), reader.tag(2)]).toEqual([
      0xff,
      0xfffe,
      -2,
      0x79668001,
      'glyf',
    ]);
  });

  it('reads within a view of a larger buffer, and no further', () => {
    const reader = new ByteReader(BYTES.subarray(2, 6), 'the test');
    expect([reader.length, reader.tag(0), reader.uint16(2)]).toEqual([4, 'glyf', 0x7966]);
    expect(refusalOf(() => reader.uint8(4))?.code).toBe('out-of-bounds');
    expect(refusalOf(() => reader.uint16(3))?.code).toBe('out-of-bounds');
  });

  it('gives views, not copies', () => {
    const slice = new ByteReader(BYTES, 'the test').slice(2, 4);
    expect(slice.buffer).toBe(BYTES.buffer);
    expect(slice.byteOffset).toBe(2);
  });

  it('gives an empty slice at the very end', () => {
    expect(new ByteReader(BYTES, 'the test').slice(8, 0)).toHaveLength(0);
  });

  it('names the range, the place and the size where a read would leave it', () => {
    expect(refusalOf(() => new ByteReader(BYTES, 'loca').uint32(6))?.message).toBe(
      'loca ends at byte 8, but 4 bytes were to be read at 6.',
    );
  });

  it('reads exactly what lies within, and refuses the rest', () => {
    const reader = new ByteReader(BYTES, 'the test');
    const reads = { uint8: 1, uint16: 2, int16: 2, uint32: 4, tag: 4 } as const;
    const kind = fc.constantFrom(...(Object.keys(reads) as (keyof typeof reads)[]));
    fc.assert(
      fc.property(kind, fc.integer({ min: -10, max: 0x1_0000_0010 }), (method, offset) => {
        const isWithin = offset >= 0 && offset + reads[method] <= BYTES.length;
        expect(refusalOf(() => reader[method](offset))?.code).toBe(isWithin ? undefined : 'out-of-bounds');
      }),
    );
  });

  it('refuses slices that begin or end outside, or are of negative length', () => {
    const reader = new ByteReader(BYTES, 'the test');
    fc.assert(
      fc.property(fc.integer({ min: -4, max: 12 }), fc.integer({ min: -4, max: 12 }), (offset, length) => {
        const isWithin = offset >= 0 && length >= 0 && offset + length <= BYTES.length;
        expect(refusalOf(() => reader.slice(offset, length))?.code).toBe(isWithin ? undefined : 'out-of-bounds');
      }),
    );
  });
});
