import { LANGUAGES, type Language } from '../../../font-service/pack/face-meta.ts';
import { type BenchResults, DELIVERIES, type DeliveryKey, type Scenario } from '../replay/bench-results.ts';

/** The scenario that charts show: 5 sites x 5 pages, or where that was not replayed the one of most page views. */
export function chooseScenario(results: BenchResults): Scenario {
  const views = ({ sites, pagesPerSite }: Scenario) => sites * pagesPerSite;
  const isFiveByFive = ({ sites, pagesPerSite }: Scenario) => sites === 5 && pagesPerSite === 5;
  const [first] = results.results;
  if (first === undefined) throw new Error('The results hold no row; a report needs at least one.');
  return (
    results.results.find(isFiveByFive) ??
    results.results.reduce((most, row) => (views(row) > views(most) ? row : most), first)
  );
}

/** Tells whether two rows are of the same scenario. */
export function isSameScenario(a: Scenario, b: Scenario): boolean {
  return a.sites === b.sites && a.pagesPerSite === b.pagesPerSite;
}

/** The languages that rows are of, in the project's order. */
export function languagesOf(rows: readonly { readonly lang?: Language }[]): readonly Language[] {
  return LANGUAGES.filter((language) => rows.some(({ lang }) => lang === language));
}

/** One row a delivery, in the deliveries' order: as the service works from its first day on, with groups and by the priors. */
export function chooseLeads<Row extends DeliveryKey>(rows: readonly Row[]): readonly Row[] {
  return DELIVERIES.flatMap((delivery) => {
    const variants = rows.filter((row) => row.delivery === delivery);
    return [...variants].sort((a, b) => strangenessOf(a) - strangenessOf(b)).slice(0, 1);
  });
}

function strangenessOf({ grouped, trained }: DeliveryKey): number {
  return (grouped ? 0 : 1) + (trained ? 2 : 0);
}
