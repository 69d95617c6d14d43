import { indexOfCodepoint } from '../codepoints/codepoint-set.ts';
import { countWitnesses, type Usage, weighSites } from './usage.ts';

/** The priors stand for so many sites. */
const PRIOR_SITES = 8;
/** What fewer distinct sites, or clients, have shown is unknown to plans. */
export const DEFAULT_LEAST_SITES = 3;

/**
 * Estimates the share of pages that draw a codepoint, 0 to 1, from priors and usage: the mean of all sites, each weighing
 * by its pages but never more than one, and of the priors, which weigh PRIOR_SITES.
 *
 * What fewer than `leastSites` sites or clients have shown, or none, keeps the share that the priors give it. No site and no
 * client can move a share by more than {@link mostShareMovedBySite} says.
 */
export function estimateShares(
  usage: Usage,
  priorShare: (codepoint: number) => number,
  leastSites: number = DEFAULT_LEAST_SITES,
): (codepoint: number) => number {
  const { weight, shares } = weighSites(usage);
  return (codepoint) => {
    const index = indexOfCodepoint(usage.askable, codepoint);
    const prior = priorShare(codepoint);
    if (index < 0 || countWitnesses(usage, index) < leastSites) return prior;
    return Math.min(1, (PRIOR_SITES * prior + (shares[index] ?? 0)) / (PRIOR_SITES + weight));
  };
}

/** The sites' weight that one can have: 1 in this period, and what is left of all before, 1 + 1/2 + 1/4 + … */
const MOST_WEIGHT_OF_SITE = 3;

/**
 * The most that all observations of one site, or of one client, in this and all earlier periods, can move any estimated share
 * away from what it would be without them.
 *
 * Where they are what makes witnesses enough, a share is that far at most from what all the others have told of the
 * codepoint, instead of from the prior.
 * @param otherSites the weight of the other sites, 0 or more.
 */
export function mostShareMovedBySite(otherSites: number): number {
  return MOST_WEIGHT_OF_SITE / (PRIOR_SITES + MOST_WEIGHT_OF_SITE + otherSites);
}
