import type { Language } from '../../../font-service/pack/face-meta.ts';
import { groupBy } from '../../../server/cli/group-by.ts';
import { medianOf } from '../median-of.ts';
import {
  type BenchResults,
  type BenchRow,
  type DeliveryKey,
  type DeliveryName,
  NETWORK_TYPES,
  type NetworkRow,
  type NetworkType,
  type Scenario,
  type StoredCurve,
  type Target,
  type TransferredBytes,
  type UnflatteringCase,
} from './bench-results.ts';
import type { SessionMeasure } from './measure-session.ts';
import { SCENARIOS } from './plan-jobs.ts';
import type { ReplayedJob } from './replay-in-processes.ts';
import { CURVE_SITES } from './replay-job.ts';

/** What the results say of measures, besides how they came about. */
export type Summary = Pick<BenchResults, 'results' | 'network' | 'storedCurves' | 'unflattering' | 'targets'>;

/** Sums up what jobs have measured. */
export function summariseResults(jobs: readonly ReplayedJob[], languages: readonly Language[]): Summary {
  const of = (language: Language, scenario: Scenario) => jobs.filter((job) => isOf(job, language, scenario));
  const perScenario = languages.flatMap((lang) =>
    SCENARIOS.map((scenario) => ({ lang, scenario, jobs: of(lang, scenario) })),
  );
  const results = perScenario.flatMap(({ lang, scenario, jobs }) => rowsOf(lang, scenario, jobs));
  return {
    results,
    network: perScenario.flatMap(({ lang, scenario, jobs }) => networkRowsOf(lang, scenario, jobs)),
    storedCurves: languages.flatMap((lang) => curvesOf(lang, jobs)),
    unflattering: casesOf(jobs, results),
    targets: targetsOf(results),
  };
}

function isOf({ job: { language, choice } }: ReplayedJob, wanted: Language, scenario: Scenario): boolean {
  const isScenario = choice.kind === 'scenario' && language === wanted;
  return isScenario && choice.sites === scenario.sites && choice.pagesPerSite === scenario.pagesPerSite;
}

/** Measures by delivery; a delivery that was not replayed in every session has no mean that compares. */
function byDelivery(jobs: readonly ReplayedJob[]): readonly (readonly [DeliveryKey, readonly SessionMeasure[]])[] {
  const groups = groupBy(
    jobs.flatMap(({ measures }) => measures),
    ({ key: { delivery, grouped, trained } }) => `${delivery} ${grouped} ${trained}`,
  );
  return [...groups.values()].flatMap((measures) => {
    const [first] = measures;
    return first !== undefined && measures.length === jobs.length ? [[first.key, measures] as const] : [];
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rounded to hundredths: means of a few whole numbers. */
function roundedMean(values: readonly number[]): number {
  return Math.round(meanOf(values) * 100) / 100;
}

function meanBytes(measures: readonly SessionMeasure[]): TransferredBytes {
  const mean = (part: keyof TransferredBytes) => roundedMean(measures.map(({ bytes }) => bytes[part]));
  return {
    font: mean('font'),
    css: mean('css'),
    script: mean('script'),
    headers: mean('headers'),
    total: mean('total'),
  };
}

function rowsOf(lang: Language, scenario: Scenario, jobs: readonly ReplayedJob[]): readonly BenchRow[] {
  return byDelivery(jobs).map(([key, measures]) => ({
    ...{ lang, ...scenario, ...key, bytes: meanBytes(measures) },
    requests: roundedMean(measures.map(({ requests }) => requests)),
    fontRequests: roundedMean(measures.map(({ fontRequests }) => fontRequests)),
    storedBytes: roundedMean(measures.map(({ storedBytes }) => storedBytes)),
    sessions: measures.length,
  }));
}

function networkRowsOf(lang: Language, scenario: Scenario, jobs: readonly ReplayedJob[]): readonly NetworkRow[] {
  const deliveries = byDelivery(jobs);
  const [, whole = []] = deliveries.find(([{ delivery }]) => delivery === 'whole-font') ?? [];
  return deliveries.flatMap(([key, measures]) =>
    NETWORK_TYPES.map((network) => ({ lang, ...scenario, ...key, network, ...compareCosts(measures, whole, network) })),
  );
}

function compareCosts(measures: readonly SessionMeasure[], whole: readonly SessionMeasure[], network: NetworkType) {
  const medianChange = (of: (measure: SessionMeasure) => number) =>
    round4(medianOf(measures.map((measure, index) => of(measure) / of(whole[index] ?? measure) - 1)));
  return {
    cost: roundedMean(measures.map(({ costs }) => costs[network].all)),
    medianChange: medianChange(({ costs }) => costs[network].all),
    fontOnlyMedianChange: medianChange(({ costs }) => costs[network].fonts),
    fontBytesMedianChange: medianChange(({ fontTransferBytes }) => fontTransferBytes),
  };
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function curvesOf(lang: Language, jobs: readonly ReplayedJob[]): readonly StoredCurve[] {
  const own = jobs.filter(({ job: { language, choice } }) => language === lang && choice.kind === 'curve');
  return byDelivery(own).map(([key, measures]) => ({
    ...{ lang, ...key },
    bytes: Array.from({ length: CURVE_SITES }, (_, site) =>
      Math.round(meanOf(measures.map(({ storedAfterSites }) => storedAfterSites[site] ?? 0))),
    ),
  }));
}

/** What the design asks of bytes, everything counted. */
const LIMITS: readonly (Scenario & {
  readonly delivery: DeliveryName;
  readonly against: DeliveryName;
  readonly grouped: boolean;
  readonly limit: number;
})[] = [
  { sites: 1, pagesPerSite: 5, delivery: 'typecase-site', against: 'optimum-site', grouped: false, limit: 1.25 },
  { sites: 1, pagesPerSite: 5, delivery: 'typecase-site', against: 'optimum-site', grouped: true, limit: 1.35 },
  { sites: 5, pagesPerSite: 5, delivery: 'typecase-hub', against: 'optimum-hub', grouped: false, limit: 1.3 },
  { sites: 5, pagesPerSite: 5, delivery: 'typecase-hub', against: 'optimum-hub', grouped: true, limit: 1.5 },
];

function targetsOf(results: readonly BenchRow[]): readonly Target[] {
  return LIMITS.flatMap(({ against, limit, ...wanted }) => {
    const isSame = (row: BenchRow) => row.sites === wanted.sites && row.pagesPerSite === wanted.pagesPerSite;
    const rows = results.filter(
      (row) => isSame(row) && row.delivery === wanted.delivery && row.grouped === wanted.grouped,
    );
    return rows.flatMap((row) => {
      const optimum = results.find((other) => isSame(other) && other.lang === row.lang && other.delivery === against);
      if (optimum === undefined) return [];
      const ratio = round4(row.bytes.total / optimum.bytes.total);
      const { lang, trained } = row;
      const fontRatio = round4(row.bytes.font / optimum.bytes.font);
      return [{ lang, ...wanted, trained, against, limit, ratio, fontRatio, isReached: ratio <= limit }];
    });
  });
}

type CaseRow = UnflatteringCase['rows'][number];

function casesOf(jobs: readonly ReplayedJob[], results: readonly BenchRow[]): readonly UnflatteringCase[] {
  const rowsOfScenario = (sites: number, pagesPerSite: number) =>
    results.filter((row) => row.sites === sites && row.pagesPerSite === pagesPerSite).map(caseRow);
  const firstPages = rowsOfScenario(1, 1);
  return [
    {
      ...{ id: 'one-page', title: 'One page, and never again', rows: firstPages },
      what: 'One page of one site, with everything that its first view loads: stylesheet with the plan, scripts, the worker.',
    },
    {
      ...{ id: 'one-page-each-language', title: 'A page in every script', rows: sumOverLanguages(firstPages) },
      what: 'One page of one site in each language: four faces that have nothing to share. The hub’s script is counted each time.',
    },
    {
      ...{ id: 'latin-page', title: 'A line of Latin', rows: meansByLanguage(jobs, 'latin-page') },
      what: 'A page that draws some forty letters of the Latin alphabet and nothing else, alone.',
    },
    {
      ...{ id: 'rarest-pages', title: 'The fullest pages', rows: meansByLanguage(jobs, 'rarest-page') },
      what: 'The five pages of the trace that draw the most codepoints (classical verse, long transcripts), each alone.',
    },
    {
      ...{ id: 'own-subset', title: 'A site that cuts its own', rows: rowsOfScenario(1, 5) },
      what: 'Five pages of one site; site-subset is one file of all that the whole site draws, which its author has cut beforehand.',
    },
  ];
}

function caseRow({ lang, delivery, grouped, trained, bytes, requests, storedBytes }: BenchRow): CaseRow {
  return { lang, delivery, grouped, trained, bytes, requests, storedBytes };
}

function meansByLanguage(jobs: readonly ReplayedJob[], kind: 'latin-page' | 'rarest-page'): readonly CaseRow[] {
  const own = jobs.filter(({ job }) => job.choice.kind === kind);
  return [...groupBy(own, ({ job }) => job.language)].flatMap(([lang, languageJobs]) =>
    rowsOf(lang, { sites: 1, pagesPerSite: 1 }, languageJobs).map(caseRow),
  );
}

function sumOverLanguages(rows: readonly CaseRow[]): readonly CaseRow[] {
  const groups = groupBy(rows, ({ delivery, grouped, trained }) => `${delivery} ${grouped} ${trained}`);
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    const sum = (of: (row: CaseRow) => number) => Math.round(members.reduce((total, row) => total + of(row), 0));
    const bytesOf = (part: keyof TransferredBytes) => sum(({ bytes }) => bytes[part]);
    if (first === undefined) return [];
    const { delivery, grouped, trained } = first;
    const bytes = {
      font: bytesOf('font'),
      css: bytesOf('css'),
      script: bytesOf('script'),
      headers: bytesOf('headers'),
    };
    return [
      {
        ...{ delivery, grouped, trained, bytes: { ...bytes, total: bytesOf('total') } },
        requests: sum(({ requests }) => requests),
        storedBytes: sum(({ storedBytes }) => storedBytes),
      },
    ];
  });
}
