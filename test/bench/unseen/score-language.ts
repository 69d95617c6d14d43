import type { BlendWithout } from '../learning/priors-without.ts';
import { createRandom } from '../replay/create-random.ts';
import type { LanguageWorld } from '../replay/language-world.ts';
import type { Sites } from '../replay/sample-session.ts';
import type { ScenarioFolds } from './deal-scenarios.ts';
import { planFold, planGroups } from './plan-fold.ts';
import { scoreFold } from './score-fold.ts';
import { summariseRatios } from './summarise-ratios.ts';
import type { UnseenMeasure, UnseenRow } from './unseen-results.ts';
import type { UnseenScenario } from './unseen-scenarios.ts';

/** How a language is scored. */
export type Scoring = {
  readonly world: LanguageWorld;
  readonly blendWithout: BlendWithout;
  readonly dealt: readonly ScenarioFolds[];
  readonly seed: number;
  /** Whether other groups are scored, too: at other thresholds, and by co-occurrence. */
  readonly groups: boolean;
  /** Told after each fold. */
  readonly onFold: () => void;
};

/** Scores every scenario of a language on sites that the plans have not seen; equal seeds give equal rows. */
export async function scoreLanguage(scoring: Scoring): Promise<readonly UnseenRow[]> {
  const rows: UnseenRow[] = [];
  for (const { scenario, folds } of scoring.dealt) {
    const measures: UnseenMeasure[] = [];
    for (const [fold, names] of folds.entries()) {
      measures.push(...(await scoreNames(scoring, scenario, fold, names)));
      scoring.onFold();
    }
    rows.push(...summariseRatios(scoring.world.language, scenario, measures));
  }
  return rows;
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
