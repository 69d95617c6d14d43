import { describe, expect, it } from 'vitest';
import { dealScenarios } from '../../../bench/unseen/deal-scenarios.ts';

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `site ${index}`);

describe('dealScenarios', () => {
  it('gives visits of five sites folds of five', () => {
    const dealt = dealScenarios('ja', namesOf(14), { folds: 5, seed: 1 });
    expect(
      dealt.map(({ scenario, folds }) => [scenario.sites, Math.max(...folds.map(({ length }) => length))]),
    ).toEqual([
      [1, 3],
      [5, 5],
    ]);
  });

  it('names the language and the scenario that have too few sites', () => {
    expect(() => dealScenarios('zh-Hant', namesOf(6), { folds: 5, seed: 1 })).toThrow(
      /^zh-Hant, 5 sites, 5 pages each, hub: .* need 8 sites; there are 6\.$/,
    );
  });
});
