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
 * What fewer than `leastSites` sites or clients have shown is taken as not shown at all, so those codepoints keep the order
 * that the priors give them. No site and no client can move a share by more than {@link mostShareMovedBySite} says.
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
    if (index < 0) return prior;
    const seen = countWitnesses(usage, index) >= leastSites ? (shares[index] ?? 0) : 0;
    return Math.min(1, (PRIOR_SITES * prior + seen) / (PRIOR_SITES + weight));
  };
}

/** The sites' weight that one can have: 1 in this period, and what is left of all before, 1 + 1/2 + 1/4 + … */
const MOST_WEIGHT_OF_SITE = 3;

/**
 * The most that all observations of one site, or of one client, in this and all earlier periods, can move any estimated share.
 *
 * Besides, a site may be the one that makes enough witnesses of a codepoint: then what the others have told of it counts.
 * @param otherSites the weight of the other sites, 0 or more.
 */
export function mostShareMovedBySite(otherSites: number): number {
  return MOST_WEIGHT_OF_SITE / (PRIOR_SITES + MOST_WEIGHT_OF_SITE + otherSites);
}
