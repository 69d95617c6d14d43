import { LANGUAGES } from '../../font-service/pack/face-meta.ts';
import {
  type BenchResults,
  DELIVERIES,
  type DeliveryKey,
  type DeliveryName,
  NETWORK_TYPES,
  type TransferredBytes,
} from '../bench/replay/bench-results.ts';

const SCENARIOS = [
  [1, 1],
  [1, 5],
  [1, 20],
  [5, 1],
  [5, 5],
  [20, 3],
].map(([sites = 1, pagesPerSite = 1]) => ({ sites, pagesPerSite }));
/** Font bytes of a session: of its first page, then for each further page and each further site. */
const SIZES: Readonly<Record<DeliveryName, readonly [first: number, page: number, site: number]>> = {
  'whole-font': [4_500_000, 0, 4_500_000],
  slices: [480_000, 30_000, 420_000],
  'slices-shared': [480_000, 25_000, 60_000],
  'site-subset': [190_000, 0, 180_000],
  'page-subset': [45_000, 45_000, 45_000],
  'typecase-noscript': [230_000, 18_000, 220_000],
  'typecase-site': [46_000, 7_000, 44_000],
  'typecase-hub': [46_000, 5_000, 9_000],
  'optimum-site': [40_000, 5_000, 38_000],
  'optimum-hub': [40_000, 4_000, 6_000],
};

function bytesOf(font: number): TransferredBytes {
  const rest = { css: 9_000, script: 4_000, headers: 3_000 };
  return { font, ...rest, total: font + rest.css + rest.script + rest.headers };
}

/** Results of a run that never was: every part of them is there, figures are smooth functions of the scenario. */
export function makeBenchResults(): BenchResults {
  const keys = DELIVERIES.flatMap(variantsOf);
  const fontOf = (delivery: DeliveryName, sites: number, pages: number) => {
    const [first, page, site] = SIZES[delivery];
    return first + site * (sites - 1) + page * sites * (pages - 1);
  };
  const rows = LANGUAGES.flatMap((lang, number) =>
    SCENARIOS.flatMap((scenario) =>
      keys.map((key) => {
        const scale = (1 + number / 10) * (key.grouped ? 1.08 : 1) * (key.trained ? 0.97 : 1);
        const font = Math.round(fontOf(key.delivery, scenario.sites, scenario.pagesPerSite) * scale);
        const requests = 4 + font / 25_000;
        return {
          lang,
          ...scenario,
          ...key,
          bytes: bytesOf(font),
          requests,
          fontRequests: requests - 2,
          storedBytes: font,
          sessions: 200,
        };
      }),
    ),
  );
  const fiveByFive = rows.filter(({ sites, pagesPerSite }) => sites === 5 && pagesPerSite === 5);
  return {
    version: 1,
    seed: 1,
    sessions: 200,
    locality: 0.7,
    results: rows,
    network: fiveByFive.flatMap(({ lang, sites, pagesPerSite, delivery, grouped, trained, bytes }) =>
      NETWORK_TYPES.map((network, step) => ({
        ...{ lang, sites, pagesPerSite, delivery, grouped, trained, network },
        cost: 25_000 / (1 + 30 * (step * 3 + 1) * (100_000 / bytes.total) ** 0.8),
        medianChange: bytes.total / 24_000_000 - 1,
        fontOnlyMedianChange: bytes.font / 23_000_000 - 1,
        fontBytesMedianChange: bytes.font / 22_500_000 - 1,
      })),
    ),
    storedCurves: LANGUAGES.flatMap((lang) =>
      keys.map((key) => ({
        lang,
        ...key,
        bytes: Array.from({ length: 30 }, (_, index) => fontOf(key.delivery, index + 1, 1)),
      })),
    ),
    unflattering: [
      {
        id: 'one-page',
        title: 'One page and never again',
        what: 'One page of one site, by a visitor with empty caches who never comes back.',
        rows: rows.filter(({ sites, pagesPerSite }) => sites === 1 && pagesPerSite === 1),
      },
      {
        id: 'one-page-each-language',
        title: 'One page in each language',
        what: 'A page in each of the four languages, so that nothing can be shared.',
        rows: fiveByFive.filter(({ lang }) => lang === 'ja').map(({ lang: _, ...row }) => row),
      },
    ],
    learning: LANGUAGES.flatMap((lang) =>
      [0, 10, 100, 1_000, 10_000].flatMap((learnedViews, step) =>
        (['typecase-noscript', 'typecase-site'] as const).map((delivery) => ({
          ...{ lang, delivery, grouped: delivery === 'typecase-site', trained: step > 0, learnedViews },
          bytes: bytesOf(SIZES[delivery][0] * (1.3 - step * 0.05)),
          requests: 12 - step / 2,
        })),
      ),
    ),
    targets: LANGUAGES.flatMap((lang) => [
      {
        ...{ lang, sites: 1, pagesPerSite: 5, delivery: 'typecase-site', grouped: true, trained: false },
        ...{ against: 'optimum-site', limit: 1.35, ratio: 1.31, fontRatio: 1.2, isReached: true },
      },
      {
        ...{ lang, sites: 5, pagesPerSite: 5, delivery: 'typecase-hub', grouped: true, trained: false },
        ...{ against: 'optimum-hub', limit: 1.5, ratio: 1.61, fontRatio: 1.44, isReached: false },
      },
    ]),
    traces: LANGUAGES.map((lang) => ({
      ...{ lang, source: 'test/bench/traces', sites: 8, pages: 240, face: 'noto-sans-jp-400', build: '0123456789' },
      wholeFontBytes: 4_500_000,
    })),
    environment: {
      ...{ date: '2026-11-24', cpu: 'A processor', cores: 2, memoryGiB: 8, os: 'Linux 6.1', seconds: 240 },
      versions: { node: '20.20.0', typecase: '0.1.0', 'subset-font': '2.9.0' },
    },
  };
}

function variantsOf(delivery: DeliveryName): readonly DeliveryKey[] {
  if (!delivery.startsWith('typecase-')) return [{ delivery, grouped: false, trained: false }];
  const trained = [false, true];
  if (delivery === 'typecase-noscript')
    return trained.map((learned) => ({ delivery, grouped: false, trained: learned }));
  return trained.flatMap((learned) => [true, false].map((grouped) => ({ delivery, grouped, trained: learned })));
}
