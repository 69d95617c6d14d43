import { type CodepointSet, codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { type DeltaPlan, GROUP_SIZE } from '../../../font-service/plan/delta-plan.ts';

/** Which pages draw each codepoint, and what each page draws, of the codepoints that are grouped. */
type Sightings = {
  readonly pagesOf: ReadonlyMap<number, readonly number[]>;
  readonly drawnOn: readonly (readonly number[])[];
};

/**
 * Groups what a plan asks for in groups by what is drawn on the same pages, instead of by share.
 *
 * Greedily: a group begins with the codepoint that most pages draw, and takes the one whose pages are most like those of its
 * members together, by the Jaccard index; where no page is common, the one that most pages draw. Each group is a tier of
 * its own. What no page draws, and what is left over, stays in the plan's tiers, after the groups.
 */
export function groupByCooccurrence({ tiers }: DeltaPlan, pages: readonly CodepointSet[]): DeltaPlan {
  const [singles = codepointSetOf([]), ...grouped] = tiers;
  const sightings = findSightings(new Set(grouped.flatMap((tier) => [...tier])), pages);
  const left = new Set(byFallingSightings(sightings));
  const groups: CodepointSet[] = [];
  const taken = new Set<number>();
  while (left.size >= GROUP_SIZE) {
    const group = takeGroup(sightings, left);
    for (const codepoint of group) taken.add(codepoint);
    groups.push(codepointSetOf(group));
  }
  const rest = grouped.map((tier) => codepointSetOf(tier.filter((codepoint) => !taken.has(codepoint))));
  return { tiers: [singles, ...groups, ...rest.filter(({ length }) => length > 0)] };
}

function findSightings(grouped: ReadonlySet<number>, pages: readonly CodepointSet[]): Sightings {
  const pagesOf = new Map<number, number[]>();
  const drawnOn = pages.map((page) => Array.from(page).filter((codepoint) => grouped.has(codepoint)));
  for (const [page, drawn] of drawnOn.entries())
    for (const codepoint of drawn) {
      const known = pagesOf.get(codepoint);
      if (known === undefined) pagesOf.set(codepoint, [page]);
      else known.push(page);
    }
  return { pagesOf, drawnOn };
}

function byFallingSightings({ pagesOf }: Sightings): readonly number[] {
  const counts = Array.from(pagesOf, ([codepoint, { length }]) => ({ codepoint, length }));
  return counts.sort((a, b) => b.length - a.length || a.codepoint - b.codepoint).map(({ codepoint }) => codepoint);
}

/** Takes a group out of what is left, which is ordered by falling sightings. */
function takeGroup(sightings: Sightings, left: Set<number>): readonly number[] {
  const group: number[] = [];
  const pages = new Set<number>();
  while (group.length < GROUP_SIZE) {
    const [first] = left;
    const next = mostAlike(sightings, pages, left) ?? first;
    if (next === undefined) break;
    left.delete(next);
    group.push(next);
    for (const page of sightings.pagesOf.get(next) ?? []) pages.add(page);
  }
  return group;
}

/** The codepoint whose pages are most like some; of equally alike ones the lowest; undefined where none shares a page. */
function mostAlike(
  { pagesOf, drawnOn }: Sightings,
  pages: ReadonlySet<number>,
  left: ReadonlySet<number>,
): number | undefined {
  const common = new Map<number, number>();
  for (const page of pages)
    for (const codepoint of drawnOn[page] ?? [])
      if (left.has(codepoint)) common.set(codepoint, (common.get(codepoint) ?? 0) + 1);
  let best: number | undefined;
  let bestIndex = 0;
  for (const [codepoint, both] of common) {
    const index = both / (pages.size + (pagesOf.get(codepoint)?.length ?? 0) - both);
    if (index < bestIndex || (index === bestIndex && codepoint > (best ?? 0))) continue;
    best = codepoint;
    bestIndex = index;
  }
  return best;
}
