import { groupBy } from './group-by.ts';
import type { ObservedPage } from './traces/parse-trace-line.ts';

/** Codepoint to page share, 0 to 1; what is missing was never seen. */
export type Shares = ReadonlyMap<number, number>;

/** What a language's priors are blended from. */
export type PriorSources = {
  readonly tiers: ReadonlyMap<number, number>;
  /** One entry a site, so that every site weighs the same. */
  readonly sites: readonly Shares[];
  /** The mean shares of each other language: what is drawn there may be drawn here. */
  readonly neighbours: readonly Shares[];
};

/** A tier stands for this many sites: leave-one-site-out likelihood is flat from 4 to 8, and the sites lean to software. */
const TIER_SITES = 6;
/** All the other languages together stand for a tenth of a site, which is enough to order what no site has shown. */
const NEIGHBOUR_SITES = 0.1;
/** The tier of a codepoint that Google does not serve. */
const UNLISTED_TIER = 120;

/** The share of a codepoint that nothing is known of. */
export const UNLISTED_SHARE = 0.00002;

/** Measures the share of a site's pages that draw each codepoint, one map a site, ordered by the sites' names. */
export function measureSiteShares(pages: readonly ObservedPage[]): ReadonlyMap<string, Shares> {
  const bySite = groupBy(pages, (page) => page.site);
  return new Map([...bySite].map(([site, sitePages]) => [site, measureShares(sitePages)]));
}

function measureShares(pages: readonly ObservedPage[]): Shares {
  const counts = new Map<number, number>();
  for (const page of pages)
    for (const codepoint of page.codepoints) counts.set(codepoint, (counts.get(codepoint) ?? 0) + 1);
  return new Map([...counts].map(([codepoint, count]) => [codepoint, count / pages.length]));
}

/** The mean of several shares: what one does not name counts as 0. */
export function meanSharesOf(sites: readonly Shares[]): Shares {
  const sums = new Map<number, number>();
  for (const site of sites)
    for (const [codepoint, share] of site) sums.set(codepoint, (sums.get(codepoint) ?? 0) + share);
  return new Map([...sums].map(([codepoint, sum]) => [codepoint, sum / sites.length]));
}

/**
 * Blends tiers and observed pages into one estimated page share for each codepoint.
 *
 * A codepoint begins with the mean share of its tier and script, as if that had been seen on `TIER_SITES` sites, and
 * every real site then counts as one: tiers decide where there are no traces, traces where there are.
 */
export function blendPriors({ tiers, sites, neighbours }: PriorSources): Shares {
  const observed = meanSharesOf(sites);
  const nearby = meanSharesOf(neighbours);
  const codepoints = new Set([...tiers.keys(), ...observed.keys()]);
  const tierShare = createTierShare([...codepoints], tiers, observed);
  const weight = TIER_SITES + sites.length + NEIGHBOUR_SITES;
  const blend = (codepoint: number) =>
    TIER_SITES * tierShare(codepoint) +
    sites.length * (observed.get(codepoint) ?? 0) +
    NEIGHBOUR_SITES * (nearby.get(codepoint) ?? 0);
  return new Map([...codepoints].map((codepoint) => [codepoint, Math.min(1, blend(codepoint) / weight)]));
}

/** Scripts keep their own curves: in tier 0 of Korean, Han and Latin have little in common. */
function createTierShare(
  codepoints: readonly number[],
  tiers: ReadonlyMap<number, number>,
  observed: Shares,
): (codepoint: number) => number {
  const tierOf = (codepoint: number) => tiers.get(codepoint) ?? UNLISTED_TIER;
  const curves = new Map(
    [...groupBy(codepoints, scriptOf)].map(([script, members]) => [script, fallingMeans(members, tierOf, observed)]),
  );
  return (codepoint) => curves.get(scriptOf(codepoint))?.get(tierOf(codepoint)) ?? UNLISTED_SHARE;
}

const SLICED_SCRIPT = /\p{Script=Han}|\p{Script=Hangul}/u;

/** Names the curve of a codepoint: Han, Hangul syllables, or all that the bases hold. */
function scriptOf(codepoint: number): 'han' | 'hangul' | 'base' {
  if (codepoint >= 0xac00 && codepoint <= 0xd7a3) return 'hangul';
  const character = String.fromCodePoint(codepoint);
  return SLICED_SCRIPT.test(character) && !/\p{Script=Hangul}/u.test(character) ? 'han' : 'base';
}

type Pool = { sum: number; count: number; readonly tiers: number[] };

/** Means by tier, made to fall from tier to tier by pooling neighbours that rise (pool adjacent violators). */
function fallingMeans(
  members: readonly number[],
  tierOf: (codepoint: number) => number,
  observed: Shares,
): ReadonlyMap<number, number> {
  const byTier = [...groupBy(members, tierOf)].sort(([a], [b]) => a - b);
  const pools: Pool[] = [];
  for (const [tier, codepoints] of byTier) {
    const sum = codepoints.reduce((total, codepoint) => total + (observed.get(codepoint) ?? 0), 0);
    pools.push({ sum, count: codepoints.length, tiers: [tier] });
    while (isRising(pools.at(-2), pools.at(-1))) mergeLastTwo(pools);
  }
  return new Map(
    pools.flatMap(({ sum, count, tiers }) => tiers.map((tier) => [tier, Math.max(sum / count, UNLISTED_SHARE)])),
  );
}

function isRising(before: Pool | undefined, last: Pool | undefined): boolean {
  return before !== undefined && last !== undefined && before.sum / before.count < last.sum / last.count;
}

function mergeLastTwo(pools: Pool[]): void {
  const last = pools.pop();
  const before = pools.at(-1);
  if (last === undefined || before === undefined) return;
  before.sum += last.sum;
  before.count += last.count;
  before.tiers.push(...last.tiers);
}
