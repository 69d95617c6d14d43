import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../font-service/sfnt/byte-writer.ts';
import { countLongMetrics, readMetrics } from '../../../font-service/sfnt/metrics.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { metricsHeader } from '../../support/tiny-font.ts';

function tablesOf(longCount: number, values: readonly number[], prefix: 'h' | 'v' = 'h') {
  return new Map([
    [`${prefix}hea`, metricsHeader(longCount)],
    [`${prefix}mtx`, new ByteWriter().uint16s(values).bytes()],
  ]);
}

describe('readMetrics', () => {
  it('reads a long record for each glyph', () => {
    const { advances, bearings } = readMetrics(tablesOf(2, [500, -10, 65535, 20]), 'horizontal', 2);
    expect([[...advances], [...bearings]]).toEqual([
      [500, 65535],
      [-10, 20],
    ]);
  });

  it('repeats the last advance for the glyphs that have a bearing only', () => {
    const { advances, bearings } = readMetrics(tablesOf(2, [500, 1, 1000, 2, 3, -4]), 'horizontal', 4);
    expect([[...advances], [...bearings]]).toEqual([
      [500, 1000, 1000, 1000],
      [1, 2, 3, -4],
    ]);
  });

  it('reads vertical metrics from vhea and vmtx', () => {
    expect([...readMetrics(tablesOf(1, [1000, 120], 'v'), 'vertical', 1).bearings]).toEqual([120]);
  });

  it.each([
    ['a table that is too short', tablesOf(2, [500, 1, 500]), 'out-of-bounds', 'hmtx ends at byte 6'],
    ['bearings cut off', tablesOf(1, [500, 1]), 'out-of-bounds', 'hmtx ends at byte 4'],
    ['no long record at all', tablesOf(0, [1, 2]), 'out-of-bounds', 'hmtx'],
    ['no hhea', new Map(), 'bad-font', 'no hhea table'],
  ])('refuses %s', (_, tables, code, reason) => {
    const refusal = refusalOf(() => readMetrics(tables, 'horizontal', 2));
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toContain(reason);
  });
});

describe('countLongMetrics', () => {
  it.each([
    [[500], 1],
    [[500, 500, 500], 1],
    [[500, 1000, 1000], 2],
    [[500, 500, 1000], 3],
    [[1000, 500, 1000], 3],
  ])('of %j is %d', (advances, count) => {
    expect(countLongMetrics(advances)).toBe(count);
  });

  it('lets readMetrics find every advance again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 500, 1000, 65535), { minLength: 1, maxLength: 20 }), (advances) => {
        const longCount = countLongMetrics(advances);
        const values = advances.flatMap((advance, glyph) => (glyph < longCount ? [advance, glyph] : [glyph]));
        const read = readMetrics(tablesOf(longCount, values), 'horizontal', advances.length);
        expect([...read.advances]).toEqual(advances);
        expect([...read.bearings]).toEqual(advances.map((_, glyph) => glyph));
      }),
    );
  });
});
