import type { Language } from '../../../font-service/pack/face-meta.ts';
import { groupBy } from '../../../server/cli/group-by.ts';
import type { UnseenMeasure, UnseenRow } from './unseen-results.ts';
import type { UnseenScenario } from './unseen-scenarios.ts';

/** Summarises the measures of a scenario's sessions: a row for each variant, in the order of their first measures. */
export function summariseRatios(
  lang: Language,
  { sites, pagesPerSite, limits }: UnseenScenario,
  measures: readonly UnseenMeasure[],
): readonly UnseenRow[] {
  const byVariant = groupBy(measures, ({ planning, leastCommonShare, brotliQuality }) =>
    [planning, leastCommonShare, brotliQuality].join(),
  );
  return [...byVariant.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const own = [first, ...others];
    return {
      ...{ lang, sites, pagesPerSite, planning: first.planning },
      ...{ leastCommonShare: first.leastCommonShare, brotliQuality: first.brotliQuality },
      fontBytes: round(meanOf(own, ({ fontBytes }) => fontBytes)),
      optimumBytes: round(meanOf(own, ({ optimumBytes }) => optimumBytes)),
      requests: round(meanOf(own, ({ requests }) => requests)),
      ratio: round(meanOf(own, ({ fontBytes, optimumBytes }) => fontBytes / optimumBytes)),
      limit: first.planning === 'exact' ? limits.exact : limits.grouped,
      sessions: own.length,
    };
  });
}

function meanOf<T>(values: readonly T[], pick: (value: T) => number): number {
  return values.reduce((sum, value) => sum + pick(value), 0) / values.length;
}

/** To four decimals. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
