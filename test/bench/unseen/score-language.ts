import { DEFAULT_LEAST_SITES } from '../../../font-service/usage/estimate-shares.ts';
import type { BlendWithout } from '../learning/priors-without.ts';
import { createRandom } from '../replay/create-random.ts';
import type { LanguageWorld } from '../replay/language-world.ts';
import type { Sites } from '../replay/sample-session.ts';
import { dealFolds } from './deal-folds.ts';
import { planFold, planGroups } from './plan-fold.ts';
import { scoreFold } from './score-fold.ts';
import { summariseRatios } from './summarise-ratios.ts';
import type { UnseenMeasure, UnseenRow } from './unseen-results.ts';
import { UNSEEN_SCENARIOS, type UnseenScenario } from './unseen-scenarios.ts';

/** How a language is scored. */
export type Scoring = {
  readonly world: LanguageWorld;
  readonly blendWithout: BlendWithout;
  readonly folds: number;
  readonly seed: number;
  /** Whether groups by co-occurrence are scored, too. */
  readonly groups: boolean;
  /** Told after each fold. */
  readonly onFold: () => void;
};

/** Scores every scenario of a language on sites that the plans have not seen; equal seeds give equal rows. */
export async function scoreLanguage(scoring: Scoring): Promise<readonly UnseenRow[]> {
  const rows: UnseenRow[] = [];
  for (const scenario of UNSEEN_SCENARIOS) {
    const measures: UnseenMeasure[] = [];
    for (const [fold, names] of foldsOf(scoring, scenario).entries()) {
      measures.push(...(await scoreNames(scoring, scenario, fold, names)));
      scoring.onFold();
    }
    rows.push(...summariseRatios(scoring.world.language, scenario, measures));
  }
  return rows;
}

function foldsOf({ world: { sites, language }, folds, seed }: Scoring, scenario: UnseenScenario) {
  const deal = { folds, foldSites: scenario.sites, otherSites: DEFAULT_LEAST_SITES };
  try {
    return dealFolds([...sites.keys()], deal, createRandom(seed, language, 'folds', scenario.sites));
  } catch (error) {
    throw new Error(`${language}, ${scenario.name}: ${(error as Error).message}`);
  }
}

function scoreNames(
  { world, blendWithout, groups, seed }: Scoring,
  scenario: UnseenScenario,
  fold: number,
  names: readonly string[],
): Promise<readonly UnseenMeasure[]> {
  const [sites, others] = splitSites(world.sites, names);
  const random = createRandom(seed, world.language, 'learned', scenario.sites, fold);
  const priorShare = blendWithout(world.language, names);
  const input = { meta: world.files.pack.meta, priorShare, others, random };
  const plans = [...planFold(input), ...(groups ? planGroups(input) : [])];
  return scoreFold({ world, scenario, fold, sites, plans, seed });
}

function splitSites(all: Sites, names: readonly string[]): readonly [own: Sites, others: Sites] {
  const has = ([site]: readonly [string, unknown]) => names.includes(site);
  return [new Map([...all].filter(has)), new Map([...all].filter((entry) => !has(entry)))];
}
