import type { Language } from '../../../font-service/pack/face-meta.ts';
import { groupBy } from '../../../server/cli/group-by.ts';
import type { UnseenResults, UnseenRow, UnseenVariant } from './unseen-results.ts';
import { UNSEEN_SCENARIOS } from './unseen-scenarios.ts';

const LABEL_WIDTH = 42;
const COLUMNS: readonly (readonly [head: string, width: number])[] = [
  ['brotli 5', 10],
  ['brotli 11', 10],
  ['asked', 8],
  ['kB', 8],
  ['optimum', 9],
  ['requests', 10],
  ['sessions', 10],
];

/** Formats results for a terminal: a table for each language and scenario. */
export function formatUnseen({ rows }: UnseenResults): string {
  const tables = [...groupBy(rows, ({ lang }) => lang)].flatMap(([lang, own]) =>
    UNSEEN_SCENARIOS.map(({ name, sites }) =>
      formatTable(
        lang,
        name,
        own.filter((row) => row.sites === sites),
      ),
    ),
  );
  return [
    'Font bytes over one exact subset of everything that the session needs: means of the ratios of sessions on sites that no',
    'plan has seen. “brotli 11”: once all deltas have been recompressed. kB of fonts at brotli 5, and of that subset; requests of fonts.',
    ...tables,
  ].join('\n');
}

function formatTable(lang: Language, name: string, rows: readonly UnseenRow[]): string {
  const heads = COLUMNS.map(([head, width]) => head.padStart(width)).join('');
  const lines = [...groupBy(rows, labelOf)].map(([label, own]) => label.padEnd(LABEL_WIDTH) + formatCells(own));
  return [`\n${`${lang}: ${name}`.padEnd(LABEL_WIDTH)}${heads}`, ...lines].join('\n');
}

/** The rows of one variant: at both qualities. */
function formatCells(rows: readonly UnseenRow[]): string {
  const served = rows.find(({ brotliQuality }) => brotliQuality === 5);
  const hot = rows.find(({ brotliQuality }) => brotliQuality === 11);
  const cells = [
    served?.ratio.toFixed(3),
    hot?.ratio.toFixed(3),
    served?.limit.toFixed(2),
    served && (served.fontBytes / 1000).toFixed(1),
    served && (served.optimumBytes / 1000).toFixed(1),
    served?.requests.toFixed(1),
    served && String(served.sessions),
  ];
  return COLUMNS.map(([, width], index) => (cells[index] ?? '').padStart(width)).join('');
}

function labelOf({ planning, leastCommonShare }: UnseenVariant): string {
  switch (planning) {
    case 'exact':
      return 'exact, whatever the plan';
    case 'priors':
      return `grouped below ${leastCommonShare}, priors only`;
    case 'trained':
      return `grouped below ${leastCommonShare}, trained`;
    case 'cooccurrence':
      return `grouped below ${leastCommonShare}, co-occurrence`;
  }
}
