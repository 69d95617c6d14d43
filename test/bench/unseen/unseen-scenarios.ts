import type { DeliveryName, Scenario } from '../replay/bench-results.ts';

/** A scenario of unseen sites, and the ratios to the optimum that are asked for in it. */
export type UnseenScenario = Scenario & {
  readonly name: string;
  readonly hasHub: boolean;
  readonly optimum: DeliveryName;
  readonly limits: { readonly exact: number; readonly grouped: number };
  /** Sessions of a fold, for each of its sites or each time round all of them. */
  readonly rounds: number;
};

/** The scenarios that are scored. */
export const UNSEEN_SCENARIOS: readonly UnseenScenario[] = [
  {
    ...{ name: 'one site, 5 pages', sites: 1, pagesPerSite: 5, hasHub: false, optimum: 'optimum-site' },
    ...{ limits: { exact: 1.15, grouped: 1.28 }, rounds: 4 },
  },
  {
    ...{ name: '5 sites, 5 pages each, hub', sites: 5, pagesPerSite: 5, hasHub: true, optimum: 'optimum-hub' },
    ...{ limits: { exact: 1.25, grouped: 1.45 }, rounds: 3 },
  },
];
