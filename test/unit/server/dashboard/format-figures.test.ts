import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatShare,
  formatTime,
} from '../../../../server/dashboard/format-figures.ts';

describe('figures', () => {
  it.each([
    [null, '–'],
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [5_174_996, '5.17 MB'],
    [-2_639_220, '−2.64 MB'],
    [3e15, '3,000 TB'],
  ])('%s bytes are written %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.53896, '53.9 %'],
    [1, '100 %'],
  ])('the share %s is written %s', (share, text) => expect(formatShare(share)).toBe(text));

  it.each([
    [0, '0 minutes'],
    [60_000, '1 minute'],
    [7_200_000, '2 hours'],
    [86_400_000, '1 day'],
  ])('%d ms are written %s', (ms, text) => expect(formatAge(ms)).toBe(text));

  it('counts and times are written so that they can be read', () => {
    expect([formatCount(16732), formatTime(0)]).toEqual(['16,732', '1970-01-01 00:00']);
  });
});
