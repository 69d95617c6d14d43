import type { Language } from '../../../font-service/pack/face-meta.ts';
import { blendPriors, measureSiteShares, type Shares, UNLISTED_SHARE } from '../../../server/cli/blend-priors.ts';
import { readPriorSources } from '../../../server/cli/derive-priors.ts';
import { readObservedPages } from '../../../server/cli/observed-pages.ts';

/** The share of pages, 0 to 1, that draw a codepoint. */
export type Share = (codepoint: number) => number;

/** Blends the priors of a language again, without the sites of some names. */
export type BlendWithout = (language: Language, leftOut: Iterable<string>) => Share;

/**
 * Reads, once, what the project derives its priors from.
 *
 * The means of the other languages are whole: they stand for a tenth of a site, and hold none of the sites that are left out.
 * @throws TraceError where the folder's traces are broken.
 */
export function createBlendWithout(dataFolder: string): BlendWithout {
  const sources = readPriorSources(dataFolder);
  const sharesByLanguage = new Map<Language, ReadonlyMap<string, Shares>>();
  return (language, leftOut) => {
    const own = sources.get(language);
    if (own === undefined) throw new Error(`${dataFolder} has nothing of ${language}.`);
    const shares = sharesByLanguage.get(language) ?? measureSiteShares(readObservedPages(dataFolder, language));
    sharesByLanguage.set(language, shares);
    const unseen = new Set(leftOut);
    const sites = [...shares].filter(([site]) => !unseen.has(site)).map(([, shares]) => shares);
    const blended = blendPriors({ ...own, sites });
    return (codepoint) => blended.get(codepoint) ?? UNLISTED_SHARE;
  };
}
