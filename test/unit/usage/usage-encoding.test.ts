import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { TypecaseError } from '../../../font-service/errors.ts';
import { createDeltaReading, observe } from '../../../font-service/usage/observe.ts';
import { createUsage, foldPeriod, type Usage } from '../../../font-service/usage/usage.ts';
import { decodeUsage, encodeUsage } from '../../../font-service/usage/usage-encoding.ts';
import { ASKABLE, observations, pageOf } from '../../support/arbitrary-observations.ts';

const READING = createDeltaReading(ASKABLE, { tiers: [ASKABLE] }, () => 0.5);

/** Usage after some observations, the first half of them in a period that has ended. */
const usages: fc.Arbitrary<Usage> = fc.tuple(fc.array(observations), fc.boolean()).map(([batch, hasPast]) => {
  const usage = createUsage(ASKABLE, 1.8e12);
  const half = hasPast ? batch.length >> 1 : 0;
  for (const observation of batch.slice(0, half)) observe(usage, observation, READING, 1.8e12);
  if (hasPast) foldPeriod(usage, 1.801e12);
  for (const observation of batch.slice(half)) observe(usage, observation, READING, 1.802e12);
  return usage;
});

describe('encodeUsage and decodeUsage', () => {
  it('give back any usage', () => {
    fc.assert(
      fc.property(usages, (usage) => {
        const decoded = decodeUsage(encodeUsage(usage), ASKABLE);
        expect(decoded).toEqual({ ...usage, past: { ...usage.past, weight: Math.fround(usage.past.weight) } });
      }),
    );
  });

  it('keep the counts of codepoints that are still there when a face covers others', () => {
    const usage = createUsage(ASKABLE, 0);
    observe(usage, pageOf(1, 1, ASKABLE.slice(10) as CodepointSet), READING, 0);
    const later = codepointSetOf([0x41, ...ASKABLE.slice(5, 20)]);
    const decoded = decodeUsage(encodeUsage(usage), later);
    expect([...(decoded.rows[1] ?? [])]).toEqual(Array.from(later, (_, index) => (index >= 6 ? 1 : 0)));
    expect(decoded.sitePages[1]).toBe(1);
  });

  it('take room for what has been counted only', () => {
    const wide = codepointSetOf(Array.from({ length: 30_000 }, (_, index) => 0x4e00 + index));
    expect(encodeUsage(createUsage(wide, 0)).length).toBeLessThan(30_000 * 4 + 300);
  });

  it('throw nothing but errors about input, for any bytes, and give counts that are counts', () => {
    fc.assert(
      fc.property(usages, fc.nat(), fc.nat(255), fc.boolean(), (usage, at, value, isCut) => {
        const bytes = encodeUsage(usage).slice();
        bytes[at % bytes.length] = value;
        try {
          const { rows, sitePages, past } = decodeUsage(isCut ? bytes.slice(0, at % bytes.length) : bytes, ASKABLE);
          for (const counts of [...rows, sitePages, past.shares])
            expect((counts ?? new Float32Array()).every((count) => count >= 0 && count <= 1e6)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(TypecaseError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuse bytes behind the end, and another version', () => {
    const bytes = encodeUsage(createUsage(ASKABLE, 0));
    expect(() => decodeUsage(Uint8Array.of(...bytes, 0), ASKABLE)).toThrow('1 bytes follow its end');
    const other = bytes.slice();
    other[4] = 9;
    expect(() => decodeUsage(other, ASKABLE)).toThrow('does not begin with TCUS');
  });
});
