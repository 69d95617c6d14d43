import { type CodepointSet, unionOf } from '../codepoints/codepoint-set.ts';
import { formatUnicodeRange } from '../codepoints/unicode-range.ts';
import { hexOf } from '../hex.ts';
import { parsePlanId } from '../identifiers.ts';
import type { FaceMeta } from '../pack/face-meta.ts';

/**
 * Describes a plan for stylesheets: a plan is named by what its slices hold, in order, and by its deltas.
 *
 * @param slices in the stylesheet's order; behind them come the bases, whose codepoints ranges may run over.
 * @param deltas as `formatDeltaPlan` writes them.
 */
export async function describePlan(
  slices: readonly CodepointSet[],
  base: CodepointSet,
  deltas: string,
  sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<FaceMeta['plan']> {
  const described = slices.map((members, index) => ({
    unicodeRange: formatUnicodeRange(members, unionOf(base, ...slices.slice(index + 1))),
    codepoints: members.length,
  }));
  const exact = [...slices.map((members) => formatUnicodeRange(members)), deltas].join('\n');
  const digest = await sha256(new Uint8Array(new TextEncoder().encode(exact)));
  const id = hexOf(digest.subarray(0, 4));
  return { id: parsePlanId(id), slices: described, deltas };
}
