import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatChange,
  formatChangeRange,
  formatCount,
  formatRatio,
  formatTick,
} from '../../../bench/report/format-figures.ts';
import { niceTicks } from '../../../bench/report/nice-ticks.ts';

describe('the report’s figures', () => {
  it.each([
    [0, '0 B'],
    [999.4, '999 B'],
    [999.5, '1.0 kB'],
    [17_249, '17.2 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [9_994_999, '9.99 MB'],
    [9_995_000, '10.0 MB'],
    [135_000_000, '135 MB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('writes bytes at an axis without zeros', () => {
    expect([0, 5e6, 2.5e6, 20e3, 1e8].map(formatTick)).toEqual(['0 B', '5 MB', '2.50 MB', '20 kB', '100 MB']);
  });

  it('writes changes with their signs', () => {
    expect([-0.9154, 0.05, -0.0001, 0].map(formatChange)).toEqual(['−91.5 %', '+5.0 %', '±0.0 %', '±0.0 %']);
    expect(formatChangeRange([-0.5, -0.9])).toBe('−90.0 to −50.0 %');
    expect(formatChangeRange([-0.5, -0.50001])).toBe('−50.0 %');
  });

  it('writes counts and ratios as closely as they matter', () => {
    expect([24, 23.44, 230.4, 1_084].map(formatCount)).toEqual(['24', '23.4', '230', '1,084']);
    expect([1.236, 0.0767].map(formatRatio)).toEqual(['1.24×', '0.077×']);
  });

  it('puts ticks evenly from 0 to the highest value or little above', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (highest) => {
        const ticks = niceTicks(highest);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(ticks.at(-2)).toBeLessThan(highest);
      }),
    );
    expect(niceTicks(0)).toEqual([0, 1]);
  });
});
