import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { estimateShares, mostShareMovedBySite } from '../../../font-service/usage/estimate-shares.ts';
import { CLIENT_BUCKETS, type Observation, SITE_BUCKETS } from '../../../font-service/usage/observation.ts';
import { createDeltaReading, observe } from '../../../font-service/usage/observe.ts';
import {
  countWitnesses,
  createUsage,
  foldPeriod,
  SALT_PERIOD_MS,
  type Usage,
  weighSites,
} from '../../../font-service/usage/usage.ts';
import { ASKABLE, observations, pageOf } from '../../support/arbitrary-observations.ts';

const READING = createDeltaReading(ASKABLE, { tiers: [ASKABLE] }, () => 0.5);
const prior = (codepoint: number) => (codepoint % 10) / 100;
const SHOWN = ASKABLE[4] ?? 0;

/** Usage of pages that all show one codepoint, from some sites and as many clients. */
function shownBySites(sites: number, pages = 200): Usage {
  const usage = createUsage(ASKABLE, 0);
  for (let site = 1; site <= sites; site++)
    for (let page = 0; page < pages; page++)
      observe(usage, pageOf(site, site * 100 + (page % 50), codepointSetOf([SHOWN])), READING, 0);
  return usage;
}

describe('estimateShares', () => {
  it('gives the priors where nothing has been observed, and for what cannot be asked for', () => {
    const share = estimateShares(createUsage(ASKABLE, 0), prior);
    for (const codepoint of [...ASKABLE, 0x41]) expect(share(codepoint)).toBe(prior(codepoint));
  });

  it('nears what sites show as they become more, and stays near the priors with few pages', () => {
    const shareOf = (sites: number, pages: number) => estimateShares(shownBySites(sites, pages), prior)(SHOWN);
    const rising = [shareOf(3, 4), shareOf(3, 200), shareOf(10, 200), shareOf(31, 200)];
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    expect(rising[0]).toBeLessThan(0.15);
    expect(rising[3]).toBeGreaterThan(0.7);
  });

  it.each([1, 2, 3, 5])('keeps the prior of what fewer than %i sites have shown', (least) => {
    expect(estimateShares(shownBySites(least - 1), prior, least)(SHOWN)).toBe(prior(SHOWN));
    expect(estimateShares(shownBySites(least), prior, least)(SHOWN)).toBeGreaterThan(prior(SHOWN) + 0.02);
  });

  it('lets a share fall that enough sites have shown, but less often than the priors say', () => {
    const usage = shownBySites(5);
    for (let site = 1; site <= 5; site++)
      observe(usage, pageOf(site, site * 100 + 60, codepointSetOf([0x4e00 + 3])), READING, 0);
    expect(estimateShares(usage, () => 0.5)(0x4e00 + 3)).toBeLessThan(0.4);
  });

  it('is between 0 and 1 whatever is observed', () => {
    fc.assert(
      fc.property(fc.array(observations), fc.integer({ min: 1, max: 5 }), (batch, least) => {
        const usage = createUsage(ASKABLE, 0);
        for (const observation of batch) observe(usage, observation, READING, 0);
        const share = estimateShares(usage, () => 1, least);
        for (const codepoint of ASKABLE) {
          expect(share(codepoint)).toBeGreaterThanOrEqual(0);
          expect(share(codepoint)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('what one site or one client sends', () => {
  /** Honest pages of the sites 1 to 9, by clients of their own; and what comes of them with and without crafted ones. */
  const honest = fc.array(
    fc.record({
      kind: fc.constant('page' as const),
      siteBucket: fc.integer({ min: 1, max: 9 }),
      clientBucket: fc.nat(999),
      set: fc.subarray([...ASKABLE], { minLength: 1 }).map(codepointSetOf),
      bytes: fc.constant(0),
    }),
    { minLength: 50, maxLength: 200 },
  );
  const craftedBySite = {
    siteBucket: fc.constant<number>(20),
    clientBucket: fc.integer({ min: 1000, max: CLIENT_BUCKETS - 1 }),
  };
  const craftedByClient = { siteBucket: fc.nat(SITE_BUCKETS - 1), clientBucket: fc.constant<number>(2000) };
  const craftedSet = fc.subarray([...ASKABLE], { minLength: 1 }).map(codepointSetOf);

  /** The same honest and crafted pages in each of some periods, every crafted one many times over. */
  function usageAfter(periods: number, honestPages: readonly Observation[], crafted: readonly Observation[]): Usage {
    const usage = createUsage(ASKABLE, 0);
    for (let period = 0; period < periods; period++) {
      if (period > 0) foldPeriod(usage, period * SALT_PERIOD_MS);
      for (const page of honestPages) observe(usage, page, READING, period * SALT_PERIOD_MS);
      for (let time = 0; time < 300; time++)
        for (const page of crafted) observe(usage, page, READING, period * SALT_PERIOD_MS);
    }
    return usage;
  }

  it.each([
    ['site', craftedBySite],
    ['client', craftedByClient],
  ])('moves no share by more than the stated bound, one %s', (_, who) => {
    const page = { kind: fc.constant('page' as const), bytes: fc.constant(0), set: craftedSet };
    const crafted = fc.array(fc.record({ ...page, ...who }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1, 3),
        honest,
        crafted,
        (periods, least, honestPages, craftedPages) => {
          const without = usageAfter(periods, honestPages, []);
          const share = estimateShares(usageAfter(periods, honestPages, craftedPages), prior, least);
          const others = weighSites(without);
          const bound = mostShareMovedBySite(others.weight);
          for (const [index, codepoint] of ASKABLE.entries()) {
            const told = (8 * prior(codepoint) + (others.shares[index] ?? 0)) / (8 + others.weight);
            const isKnown = countWitnesses(without, index) >= least;
            const distances = (isKnown ? [told] : [told, prior(codepoint)]).map((at) =>
              Math.abs(share(codepoint) - at),
            );
            expect(Math.min(...distances)).toBeLessThanOrEqual(bound);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has a bound that falls with every other site, from 3 / 11', () => {
    expect([0, 9, 29].map(mostShareMovedBySite)).toEqual([3 / 11, 3 / 20, 3 / 40]);
  });
});
