import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';

/** Which fonts to take for a set, and what none of them has. */
type Cover = { readonly chosen: readonly string[]; readonly missing: CodepointSet };

/**
 * Chooses among fonts those that cover what is wanted, as far as they can: always the one next that adds most.
 *
 * None is chosen that adds nothing; of those that add as much the first is. Cost: codepoints wanted x fonts chosen.
 */
export function chooseCover(
  wanted: CodepointSet,
  names: readonly string[],
  setOf: (name: string) => CodepointSet,
): Cover {
  const left = new Set<number>(wanted);
  const chosen: string[] = [];
  let offers = names.map((name) => ({ name, adds: setOf(name) as ArrayLike<number> }));
  while (left.size) {
    offers = offers
      .map(({ name, adds }) => ({ name, adds: Array.from(adds).filter((codepoint) => left.has(codepoint)) }))
      .filter(({ adds }) => adds.length);
    const [first] = offers;
    if (!first) break;
    const best = offers.reduce((best, offer) => (offer.adds.length > best.adds.length ? offer : best), first);
    chosen.push(best.name);
    for (const codepoint of Array.from(best.adds)) left.delete(codepoint);
  }
  return { chosen, missing: codepointSetOf(left) };
}
