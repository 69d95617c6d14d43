import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGaps, encodeGaps } from '../../../font-service/codepoints/gap-coding.ts';

const numbers = fc.oneof(fc.nat(300), fc.nat(0x10ffff), fc.nat(0x1fffff));
const ascending = fc.uniqueArray(numbers, { maxLength: 200 }).map((members) => Uint32Array.from(members).sort());

describe('encodeGaps and decodeGaps', () => {
  it('give back what was written, in the alphabet of URLs', () => {
    fc.assert(
      fc.property(ascending, (values) => {
        const text = encodeGaps(values);
        expect(text).toMatch(/^(?:[A-U][\w-]+)?$/);
        expect(decodeGaps(text)).toEqual([...values]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [[], ''],
    [[0], 'Af'],
    [[0, 1, 2, 3, 4, 5], 'AA'],
    [[3], 'Bv'],
    [[2], 'A3'],
    [[0x1fffff], 'Uv___'],
  ])('spell %j as “%s”', (values, text) => {
    expect(decodeGaps(encodeGaps(values))).toEqual(values);
    expect(encodeGaps(values)).toBe(text);
  });

  it('take no parameter that needs more bits than another', () => {
    fc.assert(
      fc.property(ascending, (values) => {
        const lengths = Array.from({ length: 21 }, (_, parameter) => bitsOf([...values], parameter));
        const shortest = 1 + Math.ceil(Math.min(...lengths) / 6);
        expect(encodeGaps(values).length).toBe(values.length === 0 ? 0 : shortest);
      }),
    );
  });
});

describe('decodeGaps', () => {
  it.each([
    ['nothing', '', []],
    ['a parameter alone', 'A', []],
    ['filling alone', 'A_', []],
    ['a number that is cut off in its low bits', 'UA', []],
    ['an escape that is cut off', 'A_w', []],
  ])('reads %s as %j', (_, text, values) => {
    expect(decodeGaps(text)).toEqual(values);
  });

  it('reads the numbers before a cut', () => {
    fc.assert(
      fc.property(ascending, fc.nat(400), (values, length) => {
        const read = decodeGaps(encodeGaps(values).slice(0, length));
        expect(read).toEqual([...values].slice(0, read.length));
      }),
    );
  });

  it('reads any text as ascending numbers, fewer than it has bits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const read = decodeGaps(text);
        expect(read.every((value, index) => value > (read[index - 1] ?? -1))).toBe(true);
        expect(read.length).toBeLessThanOrEqual(text.length * 6);
      }),
      { numRuns: 1000 },
    );
  });
});

/** The bits that numbers need with a Rice parameter, as the documentation of encodeGaps says. */
function bitsOf(values: readonly number[], parameter: number): number {
  const gaps = values.map((value, index) => value - (values[index - 1] ?? -1) - 1);
  return gaps.reduce((sum, gap) => {
    const quotient = Math.floor(gap / 2 ** parameter);
    return sum + (quotient >= 8 ? 8 + 21 : quotient + 1 + parameter);
  }, 0);
}
