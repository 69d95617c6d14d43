import type { Language } from '../../../font-service/pack/face-meta.ts';
import { DEFAULT_LEAST_SITES } from '../../../font-service/usage/estimate-shares.ts';
import { createRandom } from '../replay/create-random.ts';
import { dealFolds } from './deal-folds.ts';
import { UNSEEN_SCENARIOS, type UnseenScenario } from './unseen-scenarios.ts';

/** A scenario, and the names of the sites of each of its folds. */
export type ScenarioFolds = { readonly scenario: UnseenScenario; readonly folds: readonly (readonly string[])[] };

/**
 * Deals the sites of a language for every scenario.
 * @throws Error naming the language and the scenario where there are too few sites, and how many there should be.
 */
export function dealScenarios(
  language: Language,
  sites: readonly string[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
): readonly ScenarioFolds[] {
  return UNSEEN_SCENARIOS.map((scenario) => {
    const deal = { folds, foldSites: scenario.sites, otherSites: DEFAULT_LEAST_SITES };
    try {
      return {
        scenario,
        folds: dealFolds(sites, deal, createRandom(seed, language, 'folds', scenario.sites)),
      };
    } catch (error) {
      throw new Error(`${language}, ${scenario.name}: ${(error as Error).message}`);
    }
  });
}
