import { describe, expect, it } from 'vitest';
import { summariseRatios } from '../../../bench/unseen/summarise-ratios.ts';
import type { UnseenMeasure } from '../../../bench/unseen/unseen-results.ts';
import type { UnseenScenario } from '../../../bench/unseen/unseen-scenarios.ts';

const SCENARIO: UnseenScenario = {
  ...{ name: 'one site', sites: 1, pagesPerSite: 5, hasHub: false, optimum: 'optimum-site', rounds: 1 },
  limits: { exact: 1.15, grouped: 1.28 },
};
const EXACT = { planning: 'exact', leastCommonShare: 0, brotliQuality: 5 } as const;
const GROUPED = { planning: 'priors', leastCommonShare: 0.001, brotliQuality: 5 } as const;

describe('summariseRatios', () => {
  it('has the mean of the ratios of sessions, not the ratio of means: a large session weighs no more', () => {
    const measures: readonly UnseenMeasure[] = [
      { ...EXACT, fontBytes: 200, optimumBytes: 100, requests: 4 },
      { ...EXACT, fontBytes: 10_000, optimumBytes: 10_000, requests: 7 },
    ];
    expect(summariseRatios('ja', SCENARIO, measures)).toEqual([
      {
        ...{ lang: 'ja', sites: 1, pagesPerSite: 5, ...EXACT },
        ...{ fontBytes: 5100, optimumBytes: 5050, requests: 5.5, ratio: 1.5, limit: 1.15, sessions: 2 },
      },
    ]);
  });

  it('has a row for each variant, each beside the limit that is asked of it', () => {
    const cost = { fontBytes: 4, optimumBytes: 3, requests: 1 };
    const variants = [
      EXACT,
      { ...EXACT, brotliQuality: 11 },
      GROUPED,
      { ...GROUPED, leastCommonShare: 0.005 },
    ] as const;
    const measures = [...variants, ...variants].map((variant) => ({ ...variant, ...cost }));
    const rows = summariseRatios('ko', SCENARIO, measures);
    expect(rows).toMatchObject(variants);
    expect(rows.map(({ limit }) => limit)).toEqual([1.15, 1.15, 1.28, 1.28]);
    expect(rows.map(({ ratio, sessions }) => [ratio, sessions])).toEqual(variants.map(() => [1.3333, 2]));
  });

  it('has nothing of nothing', () => {
    expect(summariseRatios('ja', SCENARIO, [])).toEqual([]);
  });
});
