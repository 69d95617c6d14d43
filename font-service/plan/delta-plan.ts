import { type CodepointSet, indexOfCodepoint, unionOf } from '../codepoints/codepoint-set.ts';
import { decodeGaps, encodeGaps } from '../codepoints/gap-coding.ts';

/**
 * What may be asked of a face by deltas, and how it is rounded; the same for every site.
 *
 * Tier 0 holds the commonest codepoints, which are asked for singly; the others follow by falling share. The tiers from 1
 * on, one after the other and cut into runs of GROUP_SIZE, are the groups that rarer codepoints are asked for in, so that
 * a URL does not tell which of a group's a page shows; the last group takes the remainder, and fewer than GROUP_SIZE are
 * one group. Disjoint.
 */
export type DeltaPlan = { readonly tiers: readonly CodepointSet[] };

/** Fewer would be no group to hide in. */
export const GROUP_SIZE = 4;

/**
 * Codepoints that are written together. Each block of Unicode gets the Rice parameters that suit it, and where two weights
 * of a family differ in a few codepoints, brotli finds the other blocks alike.
 */
const BLOCK_CODEPOINTS = 1024;

/**
 * Writes a plan: a text of letters, digits and `-_.,`, some 10 kB, that compresses to two thirds.
 *
 * For each block of 1,024 codepoints from U+0 to the last that has any, separated by commas: nothing where it has none,
 * else lists separated by full stops, spelled by {@link encodeGaps}: its members, counted from the block's first
 * codepoint; then for each tier but the last the indices of its members among those that the tiers before it have left.
 */
export function formatDeltaPlan({ tiers }: DeltaPlan): string {
  const blocks: number[][] = [];
  for (const codepoint of unionOf(...tiers)) {
    const number = Math.floor(codepoint / BLOCK_CODEPOINTS);
    const members = blocks[number] ?? [];
    members.push(codepoint);
    blocks[number] = members;
  }
  return Array.from(blocks, (members = []) => formatBlock(members, tiers.slice(0, -1))).join(',');
}

function formatBlock(members: readonly number[], tiers: readonly CodepointSet[]): string {
  if (members.length === 0) return '';
  let left = members;
  const picks = tiers.map((tier) => {
    const isPicked = (codepoint: number) => indexOfCodepoint(tier, codepoint) >= 0;
    const indices = left.flatMap((codepoint, index) => (isPicked(codepoint) ? [index] : []));
    left = left.filter((codepoint) => !isPicked(codepoint));
    return encodeGaps(indices);
  });
  return [encodeGaps(members.map((codepoint) => codepoint % BLOCK_CODEPOINTS)), ...picks].join('.');
}

/** Reads what {@link formatDeltaPlan} writes; never refuses, so who reads what others wrote checks it. */
export function parseDeltaPlan(text: string): DeltaPlan {
  const tiers: number[][] = [];
  text.split(',').forEach((block, number) => {
    const [offsets = [], ...picks] = block.split('.').map(decodeGaps);
    let left = offsets.map((offset) => number * BLOCK_CODEPOINTS + offset);
    for (let tier = 0; tier <= picks.length; tier++) {
      const indices = new Set(picks[tier] ?? left.keys());
      const members = tiers[tier] ?? [];
      const others: number[] = [];
      for (const [index, codepoint] of left.entries()) (indices.has(index) ? members : others).push(codepoint);
      tiers[tier] = members;
      left = others;
    }
  });
  return { tiers: tiers.map(ascendingSet) };
}

/**
 * Rounds what a page draws to what may be asked for: the members of tier 0, and all members of every group that is touched.
 *
 * What the plan lacks is left out. Takes a binary search in each tier for every codepoint, and one copy of the tiers.
 */
export function roundToPlan(
  { tiers }: DeltaPlan,
  set: CodepointSet,
): { readonly common: CodepointSet; readonly rare: CodepointSet } {
  const singles = tiers[0]?.length ?? 0;
  const end = tiers.reduce((sum, { length }) => sum + length, 0);
  const lastStart = Math.max(singles, end - GROUP_SIZE - ((end - singles) % GROUP_SIZE));
  const sequence = new Uint32Array(end);
  const common: number[] = [];
  const starts = new Set<number>();
  let before = 0;
  for (const tier of tiers) {
    sequence.set(tier, before);
    for (const codepoint of set) {
      const index = indexOfCodepoint(tier, codepoint);
      if (index < 0) continue;
      const position = before + index;
      if (position < singles) common.push(codepoint);
      else starts.add(Math.min(position - ((position - singles) % GROUP_SIZE), lastStart));
    }
    before += tier.length;
  }
  const rare: number[] = [];
  for (const start of starts) rare.push(...sequence.subarray(start, start === lastStart ? end : start + GROUP_SIZE));
  return { common: ascendingSet(common), rare: ascendingSet(rare.sort((a, b) => a - b)) };
}

/** The groups of a plan: what is asked for whole. */
export function groupsOf({ tiers }: DeltaPlan): readonly (readonly number[])[] {
  const grouped = tiers.slice(1).flatMap((tier) => [...tier]);
  const count = Math.max(Math.min(1, grouped.length), Math.floor(grouped.length / GROUP_SIZE));
  return Array.from({ length: count }, (_, group) =>
    grouped.slice(group * GROUP_SIZE, group === count - 1 ? undefined : (group + 1) * GROUP_SIZE),
  );
}

function ascendingSet(members: readonly number[]): CodepointSet {
  return Uint32Array.from(members) as CodepointSet;
}
