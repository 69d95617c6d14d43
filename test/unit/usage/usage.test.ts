import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { UNKNOWN_SITE } from '../../../font-service/usage/observation.ts';
import { createDeltaReading, MAX_CLIENT_PAGES, MAX_SITE_PAGES, observe } from '../../../font-service/usage/observe.ts';
import {
  countWitnesses,
  createUsage,
  decayTo,
  foldPeriod,
  HALF_LIFE_MS,
  SALT_PERIOD_MS,
  siteWeightOf,
  weighSites,
} from '../../../font-service/usage/usage.ts';
import { ASKABLE, observations, pageOf } from '../../support/arbitrary-observations.ts';

/** The first twenty are asked for singly, by nearly every page; the others in groups of four. */
const PLAN = { tiers: [ASKABLE.slice(0, 20), ASKABLE.slice(20)] as (typeof ASKABLE)[] };
const share = (codepoint: number) => (codepoint < (ASKABLE[20] ?? 0) ? 0.9 : 0.001 * (1 + (codepoint % 4)));
const READING = createDeltaReading(ASKABLE, PLAN, share);
const WHOLE = ASKABLE;

describe('observe', () => {
  it('counts a page once, for its site, its client and what it shows', () => {
    const usage = createUsage(ASKABLE, 0);
    expect(observe(usage, pageOf(3, 70, codepointSetOf([0x4e00, 0x41])), READING, 0)).toBe('counted');
    expect([usage.sitePages[3], usage.clientPages[70], usage.rows[3]?.[0], usage.rows[3]?.[1]]).toEqual([1, 1, 1, 0]);
    expect(usage.rows.filter((row) => row !== undefined).length).toBe(1);
    expect(countWitnesses(usage, 0)).toBe(1);
  });

  it('passes over what a full client or site sends', () => {
    const usage = createUsage(ASKABLE, 0);
    const byOne = Array.from({ length: 200 }, () => observe(usage, pageOf(1, 5, WHOLE), READING, 0));
    expect(byOne.filter((result) => result === 'counted').length).toBe(MAX_CLIENT_PAGES);
    const ofOne = Array.from({ length: 2000 }, (_, client) => observe(usage, pageOf(1, client, WHOLE), READING, 0));
    expect(ofOne.filter((result) => result === 'counted').length).toBe(MAX_SITE_PAGES - MAX_CLIENT_PAGES);
  });

  it('makes nobody a witness by a site that is not known', () => {
    const usage = createUsage(ASKABLE, 0);
    observe(usage, pageOf(UNKNOWN_SITE, 5, WHOLE), READING, 0);
    expect(countWitnesses(usage, 0)).toBe(0);
    expect(weighSites(usage).weight).toBeGreaterThan(0);
  });

  it('takes the fewer of sites and clients for the witnesses', () => {
    const usage = createUsage(ASKABLE, 0);
    for (const site of [1, 2, 3, 4, 5]) observe(usage, pageOf(site, 9, WHOLE), READING, 0);
    expect(countWitnesses(usage, 0)).toBe(1);
    for (const client of [10, 11]) observe(usage, pageOf(1, client, WHOLE), READING, 0);
    expect(countWitnesses(usage, 0)).toBe(3);
  });
});

describe('observed deltas', () => {
  const delta = (site: number, client: number, set = WHOLE) => ({
    ...pageOf(site, client, set),
    kind: 'delta' as const,
  });

  it('count only with most of what nearly every page shows: the client of others had it already', () => {
    const usage = createUsage(ASKABLE, 0);
    expect(observe(usage, delta(1, 1, ASKABLE.slice(30) as typeof ASKABLE), READING, 0)).toBe('partial');
    expect(observe(usage, delta(1, 1), READING, 0)).toBe('counted');
    expect(usage.sitePages[1]).toBe(1);
  });

  it('are told from those of later pages when their client is full, too', () => {
    const usage = createUsage(ASKABLE, 0);
    for (let page = 0; page < MAX_CLIENT_PAGES; page++) observe(usage, delta(1, 1), READING, 0);
    expect(observe(usage, delta(1, 1), READING, 0)).toBe('full');
    expect(observe(usage, delta(1, 1, ASKABLE.slice(30) as typeof ASKABLE), READING, 0)).toBe('partial');
  });

  it('make witnesses of what was asked for singly, never of what came with its group', () => {
    const usage = createUsage(ASKABLE, 0);
    for (const site of [1, 2, 3, 4]) observe(usage, delta(site, site), READING, 0);
    expect(countWitnesses(usage, 0)).toBe(4);
    expect(countWitnesses(usage, 25)).toBe(0);
  });

  it('leave the members of a group as they were to each other, however often the group is asked for', () => {
    const usage = createUsage(ASKABLE, 0);
    for (let client = 0; client < 500; client++) observe(usage, delta(1, client), READING, 0);
    const { shares } = weighSites(usage);
    for (const start of [20, 24, 28]) {
      const [first = 0, ...others] = [0, 1, 2, 3].map(
        (at) => (shares[start + at] ?? 0) / share(ASKABLE[start + at] ?? 0),
      );
      for (const ratio of others) expect(ratio / first).toBeCloseTo(1, 3);
    }
  });
});

describe('the passing of time', () => {
  it('halves all counts in a half-life, in one step or in many', () => {
    const halved = (steps: number) => {
      const usage = createUsage(ASKABLE, 0);
      for (let client = 0; client < 40; client++) observe(usage, pageOf(2, client, WHOLE), READING, 0);
      for (let step = 1; step <= steps; step++) decayTo(usage, (HALF_LIFE_MS * step) / steps);
      return [usage.sitePages[2], usage.rows[2]?.[7], (usage.clientPages[3] ?? 0) * 40];
    };
    for (const steps of [1, 10]) for (const count of halved(steps)) expect(count).toBeCloseTo(20, 3);
  });

  it('does not run backwards', () => {
    const usage = createUsage(ASKABLE, HALF_LIFE_MS);
    observe(usage, pageOf(2, 1, WHOLE), READING, 0);
    expect([usage.sitePages[2], usage.atMs]).toEqual([1, HALF_LIFE_MS]);
  });

  it('keeps the weight and the shares of sites when a period ends, and nothing of whose they were', () => {
    fc.assert(
      fc.property(fc.array(observations, { maxLength: 30 }), (batch) => {
        const usage = createUsage(ASKABLE, 0);
        for (const observation of batch) observe(usage, observation, READING, 0);
        const before = weighSites(usage);
        const witnesses = Array.from(ASKABLE, (_, index) => countWitnesses(usage, index));
        foldPeriod(usage, 0);
        const after = weighSites(usage);
        expect(after.weight).toBeCloseTo(before.weight, 4);
        for (const [index, sum] of after.shares.entries()) expect(sum).toBeCloseTo(before.shares[index] ?? 0, 4);
        expect(Array.from(ASKABLE, (_, index) => countWitnesses(usage, index))).toEqual(witnesses);
        expect(usage.rows.every((row) => row === undefined)).toBe(true);
        for (const counts of [usage.sitePages, usage.clientPages, usage.siteBits, usage.clientBits])
          expect(counts.every((count) => count === 0)).toBe(true);
      }),
    );
  });

  it('forgets witnesses when a second period ends', () => {
    const usage = createUsage(ASKABLE, 0);
    for (const site of [1, 2, 3]) observe(usage, pageOf(site, site, WHOLE), READING, 0);
    foldPeriod(usage, SALT_PERIOD_MS);
    expect(countWitnesses(usage, 0)).toBe(3);
    foldPeriod(usage, 2 * SALT_PERIOD_MS);
    expect(countWitnesses(usage, 0)).toBe(0);
  });
});

describe('siteWeightOf', () => {
  it('rises from 0 towards 1', () => {
    expect([0, 40, 360].map(siteWeightOf)).toEqual([0, 0.5, 0.9]);
  });
});
