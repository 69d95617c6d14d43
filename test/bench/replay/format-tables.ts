import type { Language } from '../../../font-service/pack/face-meta.ts';
import { type BenchResults, type BenchRow, type DeliveryKey, NETWORK_TYPES } from './bench-results.ts';
import { SCENARIOS } from './plan-jobs.ts';

/** Formats results for a terminal: bytes and requests by scenario, network costs, figures of the design. */
export function formatTables(results: BenchResults): string {
  const languages = results.traces.map(({ lang }) => lang);
  const parts = [
    ...languages.flatMap((lang) => [
      `\n${lang}: kB in all (font files alone), requests; means over sessions`,
      ...formatBytes(results, lang),
      `\n${lang}: cost of one site, five pages, median change against the whole font, everything counted (fonts alone)`,
      ...formatCosts(results, lang),
    ]),
    '\nFigures of the design: everything counted over the least possible (fonts alone)',
    ...results.targets.map(formatTarget),
  ];
  return parts.join('\n');
}

function labelOf({ delivery, grouped, trained }: DeliveryKey): string {
  const isByClient = delivery === 'typecase-site' || delivery === 'typecase-hub';
  return [delivery, ...(isByClient && !grouped ? ['exact'] : []), ...(trained ? ['trained'] : [])].join(' ').padEnd(26);
}

function sameDelivery(a: DeliveryKey, b: DeliveryKey): boolean {
  return a.delivery === b.delivery && a.grouped === b.grouped && a.trained === b.trained;
}

function deliveriesOf(rows: readonly (DeliveryKey & { readonly lang: Language })[], lang: Language) {
  const own = rows.filter((row) => row.lang === lang);
  return own.filter((row, index) => own.findIndex((other) => sameDelivery(other, row)) === index);
}

function formatBytes({ results }: BenchResults, lang: Language): readonly string[] {
  const head = SCENARIOS.map(({ sites, pagesPerSite }) => `${sites}x${pagesPerSite}`.padStart(22)).join('');
  const lines = deliveriesOf(results, lang).map((key) => {
    const cells = SCENARIOS.map((scenario) => {
      const isHere = (row: BenchRow) => row.sites === scenario.sites && row.pagesPerSite === scenario.pagesPerSite;
      const row = results.find((row) => row.lang === lang && isHere(row) && sameDelivery(row, key));
      return (row === undefined ? '' : formatRow(row)).padStart(22);
    });
    return labelOf(key) + cells.join('');
  });
  return [`${''.padEnd(26)}${head}`, ...lines];
}

function formatRow({ bytes, requests }: BenchRow): string {
  return `${kilobytes(bytes.total)} (${kilobytes(bytes.font)}) ${requests.toFixed(0).padStart(4)}`;
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 9950 ? 1 : 0);
}

function formatCosts({ network }: BenchResults, lang: Language): readonly string[] {
  const rows = network.filter((row) => row.sites === 1 && row.pagesPerSite === 5);
  const head = `${''.padEnd(26)}${NETWORK_TYPES.map((name) => name.padStart(18)).join('')}`;
  const lines = deliveriesOf(rows, lang).map((key) => {
    const cells = NETWORK_TYPES.map((name) => {
      const row = rows.find((row) => row.lang === lang && row.network === name && sameDelivery(row, key));
      const text = row && `${percent(row.medianChange)} (${percent(row.fontOnlyMedianChange)})`;
      return (text ?? '').padStart(18);
    });
    return labelOf(key) + cells.join('');
  });
  return [head, ...lines];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function formatTarget(target: BenchResults['targets'][number]): string {
  const { lang, sites, pagesPerSite, against, limit, ratio, fontRatio, isReached } = target;
  const verdict = isReached ? 'reached' : 'missed';
  return `${lang.padEnd(8)} ${`${sites}x${pagesPerSite}`.padEnd(5)}${labelOf(target)} of ${against}: ${ratio.toFixed(2)} (${fontRatio.toFixed(2)}), limit ${limit}: ${verdict}`;
}
