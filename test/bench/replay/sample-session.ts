import { type CodepointSet, codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import type { ObservedPage } from '../../../server/cli/traces/parse-trace-line.ts';
import type { Scenario } from './bench-results.ts';
import { createRandom, drawIndex, type Random, shuffle } from './create-random.ts';

/** A page of a session: what it draws. */
export type SessionPage = { readonly codepoints: CodepointSet };

/** The pages that a visitor sees of a site, in order. `key` tells the sites of a session apart. */
export type SiteVisit = { readonly key: string; readonly site: string; readonly pages: readonly SessionPage[] };

/** The visits of one visitor, one site after the other. */
export type Session = readonly SiteVisit[];

/** The pages of a language by site, in the order of the trace; sites by name. */
export type Sites = ReadonlyMap<string, readonly SessionPage[]>;

/** How sessions are drawn: the same options and number give the same session. */
export type SessionOptions = {
  readonly seed: number;
  readonly language: string;
  /** The share of steps, 0 to 1, that go to the nearest unseen neighbour; the others go anywhere in the site. */
  readonly locality: number;
};

/** Gathers pages, which are ordered by site and page, by site. */
export function sitesOf(pages: readonly ObservedPage[]): Sites {
  const sites = new Map<string, SessionPage[]>();
  for (const { site, codepoints } of pages) {
    const known = sites.get(site) ?? [];
    known.push({ codepoints: codepointSetOf(codepoints) });
    sites.set(site, known);
  }
  return sites;
}

/**
 * Draws session number `index` of a scenario.
 *
 * Sites weigh the same: in each run of sessions that goes round all of them, every site is drawn as often. A scenario that
 * has more sites than there are draws some again, as sites of their own, with pages that were not drawn in the session yet.
 * No page is seen twice while its site has others.
 */
export function sampleSession(
  sites: Sites,
  { sites: count, pagesPerSite }: Scenario,
  index: number,
  options: SessionOptions,
): Session {
  const names = [...sites.keys()];
  const { seed, language, locality } = options;
  const sessionsRound = names.length / greatestDivisor(names.length, count);
  const round = Math.floor(index / sessionsRound);
  const order = shuffle(names, createRandom(seed, language, 'sites', count, round));
  const start = (index % sessionsRound) * count;
  const seen = new Map<string, Set<number>>();
  return Array.from({ length: count }, (_, place) => {
    const site = order[(start + place) % order.length] ?? '';
    const pages = sites.get(site) ?? [];
    const key = `${site}#${Math.floor(place / order.length)}`;
    const random = createRandom(seed, language, 'pages', count, index, key);
    const taken = seen.get(site) ?? new Set();
    seen.set(site, taken);
    return { key, site, pages: walk(pages, pagesPerSite, locality, taken, random) };
  });
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Walks through a site from a page drawn by chance; adds what it sees to `seen`. */
function walk(
  pages: readonly SessionPage[],
  count: number,
  locality: number,
  seen: Set<number>,
  random: Random,
): readonly SessionPage[] {
  const path: number[] = [];
  while (path.length < count) {
    if (seen.size >= pages.length) seen.clear();
    const unseen = Array.from(pages.keys()).filter((page) => !seen.has(page));
    const last = path.at(-1);
    const isStep = random() < locality && last !== undefined;
    const next = isStep ? nearestOf(unseen, last) : unseen[drawIndex(random, unseen.length)];
    path.push(next ?? 0);
    seen.add(next ?? 0);
  }
  return path.map((page) => pages[page] as SessionPage);
}

/** The page nearest to one; of two as near, the later. */
function nearestOf(pages: readonly number[], page: number): number | undefined {
  const distance = (other: number) => Math.abs(other - page) - (other > page ? 0.5 : 0);
  return pages.toSorted((a, b) => distance(a) - distance(b))[0];
}
