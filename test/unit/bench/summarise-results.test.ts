import { describe, expect, it } from 'vitest';
import { type DeliveryKey, type DeliveryName, NETWORK_TYPES } from '../../bench/replay/bench-results.ts';
import type { SessionMeasure } from '../../bench/replay/measure-session.ts';
import { planJobs, SCENARIOS, sessionsOf } from '../../bench/replay/plan-jobs.ts';
import type { ReplayJob } from '../../bench/replay/replay-job.ts';
import { summariseResults } from '../../bench/replay/summarise-results.ts';

function measureOf(delivery: DeliveryName, font: number, cost: number, key: Partial<DeliveryKey> = {}): SessionMeasure {
  return {
    key: { delivery, grouped: false, trained: false, ...key },
    bytes: { font, css: 10, script: 0, headers: 5, total: font + 15 },
    ...{
      requests: 3,
      fontRequests: 2,
      fontTransferBytes: font + 5,
      storedBytes: font,
      storedAfterSites: [font, 2 * font],
    },
    costs: Object.fromEntries(
      NETWORK_TYPES.map((type) => [type, { all: cost, fonts: cost / 2 }]),
    ) as SessionMeasure['costs'],
  };
}

function jobOf(index: number, sites = 1, pagesPerSite = 5): ReplayJob {
  return { language: 'ja', choice: { kind: 'scenario', index, sites, pagesPerSite } };
}

describe('the summary', () => {
  it('has means of bytes, and medians of changes against the whole font, session by session', () => {
    const { results, network } = summariseResults(
      [
        { job: jobOf(0), measures: [measureOf('whole-font', 1000, 100), measureOf('slices', 100, 50)] },
        { job: jobOf(1), measures: [measureOf('whole-font', 1000, 100), measureOf('slices', 200, 90)] },
        { job: jobOf(2), measures: [measureOf('whole-font', 1000, 10), measureOf('slices', 600, 8)] },
      ],
      ['ja'],
    );
    const row = results.find(({ delivery }) => delivery === 'slices')!;
    expect(row).toMatchObject({ lang: 'ja', sites: 1, pagesPerSite: 5, requests: 3, storedBytes: 300, sessions: 3 });
    expect(row.bytes).toEqual({ font: 300, css: 10, script: 0, headers: 5, total: 315 });
    const costs = network.find(({ delivery, network }) => delivery === 'slices' && network === '4G')!;
    expect([costs.cost, costs.medianChange, costs.fontOnlyMedianChange]).toEqual([49.33, -0.2, -0.2]);
    expect(costs.fontBytesMedianChange).toBeCloseTo(205 / 1005 - 1, 4);
  });

  it('has no row for a delivery that some sessions lack', () => {
    const { results } = summariseResults(
      [
        { job: jobOf(0), measures: [measureOf('typecase-site', 1, 1, { trained: true }), measureOf('slices', 1, 1)] },
        { job: jobOf(1), measures: [measureOf('slices', 1, 1)] },
      ],
      ['ja'],
    );
    expect(results.map(({ delivery }) => delivery)).toEqual(['slices']);
  });

  it('compares with the least possible, everything counted, and says what is missed', () => {
    const measures = [measureOf('optimum-site', 985, 1), measureOf('typecase-site', 1335, 1, { grouped: true })];
    const { targets } = summariseResults([{ job: jobOf(0), measures }], ['ja']);
    expect(targets).toEqual([
      {
        ...{ lang: 'ja', sites: 1, pagesPerSite: 5, delivery: 'typecase-site', grouped: true, trained: false },
        ...{ against: 'optimum-site', limit: 1.35, ratio: 1.35, fontRatio: 1.3553, isReached: true },
      },
    ]);
    const more = [measureOf('optimum-site', 985, 1), measureOf('typecase-site', 1336, 1, { grouped: true })];
    expect(summariseResults([{ job: jobOf(0), measures: more }], ['ja']).targets[0]!.isReached).toBe(false);
  });

  it('adds languages up where a visitor reads all of them', () => {
    const jobs = (['ja', 'ko'] as const).map((language) => ({
      job: { language, choice: { kind: 'scenario', index: 0, sites: 1, pagesPerSite: 1 } } as const,
      measures: [measureOf('slices', 100, 1)],
    }));
    const { unflattering } = summariseResults(jobs, ['ja', 'ko']);
    const rows = unflattering.find(({ id }) => id === 'one-page-each-language')!.rows;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ delivery: 'slices', requests: 6, bytes: { font: 200, total: 230 } });
    expect(rows[0]).not.toHaveProperty('lang');
  });
});

describe('the jobs', () => {
  it('are every session of every scenario, in every language', () => {
    const jobs = planJobs(['ja', 'ko'], 10);
    for (const language of ['ja', 'ko']) {
      for (const { sites, pagesPerSite } of SCENARIOS) {
        const own = jobs.filter(
          ({ language: of, choice }) =>
            of === language &&
            choice.kind === 'scenario' &&
            choice.sites === sites &&
            choice.pagesPerSite === pagesPerSite,
        );
        expect(own).toHaveLength(sessionsOf({ sites, pagesPerSite }, 10));
      }
    }
  });

  it('are fewer for twenty sites, but one at least', () => {
    expect([1, 5, 6, 10].map((sessions) => sessionsOf({ sites: 20, pagesPerSite: 3 }, sessions))).toEqual([1, 1, 2, 2]);
    expect(sessionsOf({ sites: 5, pagesPerSite: 5 }, 7)).toBe(7);
  });
});
