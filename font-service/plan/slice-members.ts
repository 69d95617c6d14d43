import { type CodepointSet, codepointSetOf, hasCodepoint } from '../codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../codepoints/unicode-range.ts';

/** What each slice of a stylesheet holds: of overlapping ranges the later has the codepoint, and the bases before all. */
export function membersOfSlices(
  slices: readonly { readonly unicodeRange: string }[],
  base: CodepointSet,
): readonly CodepointSet[] {
  const sliceOf = new Map<number, number>();
  for (const [number, { unicodeRange }] of slices.entries())
    for (const codepoint of parseUnicodeRange(unicodeRange)) sliceOf.set(codepoint, number);
  const members = slices.map((): number[] => []);
  for (const [codepoint, number] of sliceOf) if (!hasCodepoint(base, codepoint)) members[number]?.push(codepoint);
  return members.map(codepointSetOf);
}
