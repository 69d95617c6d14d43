import { type Random, shuffle } from '../replay/create-random.ts';

/** How sites are dealt. */
export type Deal = {
  readonly folds: number;
  /** The fewest sites of a fold. */
  readonly foldSites: number;
  /** The fewest sites that a fold leaves for others to learn from. */
  readonly otherSites: number;
};

/**
 * Deals sites into folds in an order drawn by chance; no site is in a fold twice.
 *
 * Each site is in one fold, but where that would leave folds too small: then the order goes round again, and folds overlap.
 * @throws Error that says what is wrong, and what would be right, where there are too few sites.
 */
export function dealFolds(
  sites: readonly string[],
  { folds, foldSites, otherSites }: Deal,
  random: Random,
): readonly (readonly string[])[] {
  const places = Math.max(sites.length, folds * foldSites);
  const largest = Math.ceil(places / folds);
  if (sites.length < largest + otherSites)
    throw new Error(
      `${folds} folds of up to ${largest} sites, each with ${otherSites} others to learn from, need ${largest + otherSites} sites; there are ${sites.length}.`,
    );
  const order = shuffle(sites, random);
  const startOf = (fold: number) => Math.floor((fold * places) / folds);
  return Array.from({ length: folds }, (_, fold) =>
    Array.from(
      { length: startOf(fold + 1) - startOf(fold) },
      (_, index) => order[(startOf(fold) + index) % order.length] as string,
    ),
  );
}
