import { createHash } from 'node:crypto';
import type { Language } from '../../../font-service/pack/face-meta.ts';
import { groupBy } from '../group-by.ts';
import { measurePage } from './measure-page.ts';
import { takePageText } from './page-text.ts';
import type { ObservedPage } from './parse-trace-line.ts';
import type { SourceOutcome, SourcePage } from './source-page.ts';

/** As in the trace data, so that no site has more to say than others. */
export const MAX_PAGES_A_SITE = 250;

type KeptPage = Omit<ObservedPage, 'page'> & { readonly language: Language; readonly path: string };

/** The pages of each language, and how many were dropped for which reason. */
export type CollectedPages = {
  readonly byLanguage: ReadonlyMap<Language, readonly ObservedPage[]>;
  readonly dropped: ReadonlyMap<string, number>;
};

/** Collects pages one by one; of their text only a hash is held, to know duplicates by. */
export type PageCollector = { take(outcome: SourceOutcome): void; finish(): CollectedPages };

/** Creates a collector. @param forced the language of all pages, whatever they say. */
export function createPageCollector(forced?: Language): PageCollector {
  const kept: KeptPage[] = [];
  const hashes = new Set<string>();
  const dropped = new Map<string, number>();
  const drop = (reason: string, count = 1) => dropped.set(reason, (dropped.get(reason) ?? 0) + count);

  function takePage(page: SourcePage): void {
    const measured = measurePage(takePageText(page), forced);
    if (measured.kind === 'dropped') {
      drop(measured.reason);
      return;
    }
    const { language, text, codepoints, characters } = measured;
    const hash = hashOf(`${page.site}\n${text}`);
    if (hashes.has(hash)) drop('the same text as another page of the site');
    else kept.push({ site: page.site, path: page.path, language, codepoints, characters });
    hashes.add(hash);
  }

  return {
    take: (outcome) => (outcome.kind === 'page' ? takePage(outcome) : void drop(outcome.reason)),
    finish: () => {
      const sites = [...groupBy(kept, ({ site, language }) => `${language} ${site}`).values()].map(samplePages);
      const sampled = sites.flat();
      if (sampled.length < kept.length)
        drop(`more than ${MAX_PAGES_A_SITE} pages of the site`, kept.length - sampled.length);
      const byLanguage = groupBy(sites.flatMap(rankPages), ([language]) => language);
      return {
        byLanguage: new Map([...byLanguage].map(([language, pages]) => [language, pages.map(([, page]) => page)])),
        dropped,
      };
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Too many pages are sampled by their paths' hashes: the same ones each time. */
function samplePages(pages: readonly KeptPage[]): readonly KeptPage[] {
  if (pages.length <= MAX_PAGES_A_SITE) return pages;
  const hashed = pages.map((page) => ({ page, hash: hashOf(page.path) }));
  return hashed
    .sort((a, b) => compareText(a.hash, b.hash))
    .slice(0, MAX_PAGES_A_SITE)
    .map(({ page }) => page);
}

/** In the order of paths neighbours are related pages. */
function rankPages(pages: readonly KeptPage[]): readonly (readonly [Language, ObservedPage])[] {
  return [...pages]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ language, path: _, ...page }, rank) => [language, { ...page, page: rank }]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
