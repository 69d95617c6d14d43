import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { Sites } from '../replay/sample-session.ts';

/** Literature, poetry, law and reviews: sites of kinds that most others are not of. */
export const UNKNOWN_SITES: Readonly<Record<Language, readonly string[]>> = {
  ja: ['aozora-a'],
  ko: ['konlpy-law', 'nsmc-a'],
  'zh-Hans': ['chinese-poetry-songci', 'laws-national'],
  'zh-Hant': ['quan-tang-shi'],
};

/** Sites of their kind that publish other parts of it. */
const PUBLISHERS = 4;
/** One page of so many is scored and not learned from, in runs. */
const SCORED_PART = 4;

/**
 * Makes a mix of sites out of the unknown ones: each is cut into publishers, as no one site is enough to learn from, and
 * a quarter of every publisher's pages, in one run, is kept for scoring.
 */
export function mixUnknownSites(sites: Sites, language: Language): { readonly learned: Sites; readonly scored: Sites } {
  const parts = UNKNOWN_SITES[language].flatMap((site) => {
    const pages = sites.get(site) ?? [];
    const count = Math.ceil(pages.length / PUBLISHERS);
    return Array.from({ length: PUBLISHERS }, (_, part) => ({
      site: `${site}/${part}`,
      pages: pages.slice(part * count, (part + 1) * count),
    })).filter((part) => part.pages.length > 1);
  });
  const cutOf = (length: number) => length - Math.max(1, Math.floor(length / SCORED_PART));
  return {
    learned: new Map(parts.map(({ site, pages }) => [site, pages.slice(0, cutOf(pages.length))])),
    scored: new Map(parts.map(({ site, pages }) => [site, pages.slice(cutOf(pages.length))])),
  };
}
