import { type CodepointSet, hasCodepoint, unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { type DeltaPlan, groupsOf, roundToPlan } from '../../../font-service/plan/delta-plan.ts';

/** How ambiguous the requests of some first pages are: what whoever sees them can tell of the pages. */
export type Ambiguity = {
  readonly pages: number;
  /** The share of pages, 0 to 1, whose request no other page makes. */
  readonly aloneShare: number;
  /** The median number of pages that make the same request, the page itself included. */
  readonly medianAlike: number;
  /** The same two for the part of the request that is not common: what is kept from other sites. */
  readonly rareAloneShare: number;
  readonly rareMedianAlike: number;
  /** The share of pages that draw anything but common codepoints. */
  readonly rareShare: number;
  /** Mean over pages that do: the binary logarithm of how many sets of codepoints give the same request. */
  readonly consistentSetsBits: number;
  /**
   * Mean over the rare codepoints that are drawn, in bits: how unsure it is which of its group a page draws, if codepoints
   * come with their shares and independently.
   */
  readonly unsureBits: number;
};

/** What a page's first request tells: the whole of it, its rare part, and the groups in that. */
type Request = { readonly whole: string; readonly rare: string; readonly groups: readonly (readonly number[])[] };

/**
 * Measures how ambiguous first requests of pages are.
 *
 * @param isGrouped false: every codepoint is asked for by itself; the rare part is then that of the plan, unrounded.
 * @param pages what pages draw; what the plan lacks is left out.
 */
export function measureAmbiguity(
  plan: DeltaPlan,
  isGrouped: boolean,
  pages: readonly CodepointSet[],
  share: (codepoint: number) => number,
): Ambiguity {
  const groupOf = new Map(groupsOf(plan).flatMap((group) => group.map((member) => [member, group] as const)));
  const requests = pages.map((page) => requestOf(plan, page, isGrouped, groupOf));
  const withRare = requests.filter(({ groups }) => groups.length > 0);
  const rare = withRare.flatMap(({ groups }) => groups);
  const whole = countAlike(requests.map((request) => request.whole));
  const rareOnly = countAlike(withRare.map((request) => request.rare));
  return {
    ...{ pages: pages.length, aloneShare: aloneOf(whole), medianAlike: medianOf(whole) },
    ...{ rareAloneShare: aloneOf(rareOnly), rareMedianAlike: medianOf(rareOnly) },
    rareShare: withRare.length / Math.max(1, pages.length),
    consistentSetsBits: isGrouped ? meanOf(withRare.map(({ groups }) => sumOf(groups.map(subsetBits)))) : 0,
    unsureBits: isGrouped ? meanOf(rare.map((group) => entropyOf(group, share))) : 0,
  };
}

function requestOf(
  plan: DeltaPlan,
  page: CodepointSet,
  isGrouped: boolean,
  groupOf: ReadonlyMap<number, readonly number[]>,
): Request {
  const { common, rare } = roundToPlan(plan, page);
  const shown = rare.filter((codepoint) => hasCodepoint(page, codepoint)) as CodepointSet;
  const asked = isGrouped ? rare : shown;
  const groups = new Set(Array.from(shown, (codepoint) => groupOf.get(codepoint) ?? []));
  return { whole: unionOf(common, asked).join(), rare: asked.join(), groups: [...groups] };
}

/** For each request how many are the same. */
function countAlike(requests: readonly string[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const request of requests) counts.set(request, (counts.get(request) ?? 0) + 1);
  return requests.map((request) => counts.get(request) ?? 0);
}

function aloneOf(alike: readonly number[]): number {
  return alike.filter((count) => count === 1).length / Math.max(1, alike.length);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / Math.max(1, values.length);
}

/** Any of its members but not none may be drawn. */
function subsetBits({ length }: readonly number[]): number {
  return Math.log2(2 ** length - 1);
}

/** The entropy, in bits, of which members of a group are drawn, given that any is. */
function entropyOf(group: readonly number[], share: (codepoint: number) => number): number {
  const weights = Array.from({ length: 2 ** group.length - 1 }, (_, index) => {
    const isDrawn = (member: number) => (((index + 1) >> member) & 1) === 1;
    return group.reduce(
      (weight, codepoint, member) => weight * (isDrawn(member) ? share(codepoint) : 1 - share(codepoint)),
      1,
    );
  });
  const total = sumOf(weights);
  return sumOf(weights.map((weight) => (weight === 0 ? 0 : -(weight / total) * Math.log2(weight / total))));
}
