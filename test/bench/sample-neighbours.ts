import type { ObservedPage } from '../../server/cli/traces/parse-trace-line.ts';

/**
 * Takes a run of neighbouring pages of a site: the one whose mean number of codepoints is nearest the whole site's, the
 * first of equals; all of them, where there are no more than `count`.
 * @param pages of one site, in the order of `page`.
 */
export function sampleNeighbours(pages: readonly ObservedPage[], count: number): readonly ObservedPage[] {
  if (pages.length <= count) return pages;
  const siteMean = meanCodepoints(pages);
  const runs = Array.from({ length: pages.length - count + 1 }, (_, start) => pages.slice(start, start + count));
  const distance = (run: readonly ObservedPage[]) => Math.abs(meanCodepoints(run) - siteMean);
  return runs.reduce((nearest, run) => (distance(run) < distance(nearest) ? run : nearest));
}

function meanCodepoints(pages: readonly ObservedPage[]): number {
  return pages.reduce((sum, { codepoints }) => sum + codepoints.length, 0) / pages.length;
}
