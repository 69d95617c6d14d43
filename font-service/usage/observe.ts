import { type CodepointSet, indexOfCodepoint } from '../codepoints/codepoint-set.ts';
import { type DeltaPlan, groupsOf } from '../plan/delta-plan.ts';
import { type Observation, UNKNOWN_SITE } from './observation.ts';
import { decayTo, HALF_WEIGHT_PAGES, type Usage } from './usage.ts';

/** Pages of one client bucket that count: all of its pages together weigh no more than one site does. */
export const MAX_CLIENT_PAGES = HALF_WEIGHT_PAGES;
/** Pages of one site bucket that count, which make it weigh 0.96 of a site; what comes when it is full is passed over. */
export const MAX_SITE_PAGES = 1000;

/** How deltas are read that were rounded by a plan; {@link createDeltaReading} makes it. */
export type DeltaReading = {
  /** By codepoint: the chance that a page shows it, given that it was asked for. */
  readonly chances: Float32Array<ArrayBuffer>;
  /** The places of codepoints that nearly every page shows. */
  readonly staples: Uint16Array<ArrayBuffer>;
};

/**
 * What became of an observation: counted; passed over, as its site or client is full; or, of deltas, too little of a page to
 * say what the page shows.
 */
export type ObservationResult = 'counted' | 'full' | 'partial';

/**
 * Counts an observation, where it may count.
 *
 * A delta counts as a page where it has half of what nearly every page shows: else its client had those before, and what
 * it lacks says nothing. Codepoints that came with their group count by the chance that it was they who were shown, and
 * nobody becomes their witness: what a plan has put together is no evidence for that plan.
 */
export function observe(
  usage: Usage,
  observation: Observation,
  reading: DeltaReading,
  nowMs: number,
): ObservationResult {
  decayTo(usage, nowMs);
  const { siteBucket, clientBucket, kind } = observation;
  const indices = placesOf(usage.askable, observation.set);
  if (kind === 'delta' && !isWholePage(indices, reading)) return 'partial';
  if ((usage.sitePages[siteBucket] ?? 0) >= MAX_SITE_PAGES) return 'full';
  if ((usage.clientPages[clientBucket] ?? 0) > MAX_CLIENT_PAGES - 1) return 'full';
  usage.sitePages[siteBucket] = (usage.sitePages[siteBucket] ?? 0) + 1;
  usage.clientPages[clientBucket] = (usage.clientPages[clientBucket] ?? 0) + 1;
  countPage(usage, indices, observation, kind === 'delta' ? reading.chances : undefined);
  return 'counted';
}

function countPage(
  usage: Usage,
  indices: readonly number[],
  { siteBucket, clientBucket }: Observation,
  chances: Float32Array | undefined,
): void {
  const row = usage.rows[siteBucket] ?? new Float32Array(usage.askable.length);
  usage.rows[siteBucket] = row;
  for (const index of indices) {
    const chance = chances?.[index] ?? 1;
    row[index] = (row[index] ?? 0) + chance;
    if (chance < 1 || siteBucket === UNKNOWN_SITE) continue;
    usage.siteBits[index] = (usage.siteBits[index] ?? 0) | (1 << siteBucket);
    usage.clientBits[index] = (usage.clientBits[index] ?? 0) | (1 << (clientBucket % 32));
  }
}

function placesOf(askable: CodepointSet, set: CodepointSet): readonly number[] {
  return Array.from(set, (codepoint) => indexOfCodepoint(askable, codepoint)).filter((index) => index >= 0);
}

function isWholePage(indices: readonly number[], { staples }: DeltaReading): boolean {
  const asked = new Set(indices);
  return staples.filter((index) => asked.has(index)).length * 2 >= staples.length;
}

/** The codepoints that most pages show are staples, but no more than this many. */
const MAX_STAPLES = 40;

/**
 * Tells how deltas of a plan are read, by the shares of pages that the plan was made from.
 *
 * @param askable of the usage that observations are counted in.
 */
export function createDeltaReading(
  askable: CodepointSet,
  plan: DeltaPlan,
  share: (codepoint: number) => number,
): DeltaReading {
  const chances = new Float32Array(askable.length).fill(1);
  for (const group of groupsOf(plan)) {
    const isAnyShown = 1 - group.reduce((none, codepoint) => none * (1 - share(codepoint)), 1);
    for (const codepoint of group) {
      const index = indexOfCodepoint(askable, codepoint);
      // Below 1 whatever the shares: the group may have been asked for another member.
      if (index >= 0) chances[index] = Math.min(0.999, share(codepoint) / Math.max(isAnyShown, 1e-9));
    }
  }
  const ranked = Array.from(askable, (codepoint, index) => ({ index, share: share(codepoint) })).sort(
    (a, b) => b.share - a.share || a.index - b.index,
  );
  return { chances, staples: Uint16Array.from(ranked.slice(0, MAX_STAPLES), ({ index }) => index) };
}
