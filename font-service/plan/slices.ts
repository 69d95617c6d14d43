import { type CodepointSet, codepointSetOf } from '../codepoints/codepoint-set.ts';

/** What a cut is made of. */
export type SliceInput = {
  /** The codepoints of the face that no base file holds: Han and Hangul. */
  readonly coverage: CodepointSet;
  /** The estimated share of pages that draw a codepoint, 0 to 1. */
  readonly share: (codepoint: number) => number;
  /** The compressed bytes that a codepoint's glyph adds to a file. */
  readonly glyphBytes: (codepoint: number) => number;
};

/** How a cut weighs what it costs. */
export type SliceOptions = {
  /** No page can cause more requests than there are slices, so this is the bound that holds on any page whatever. */
  readonly maxSlices?: number;
  /** What a request is worth beside bytes. */
  readonly requestCostBytes?: number;
  /** The bytes of a file without glyphs: WOFF2 header, static tables, names. */
  readonly fileBytes?: number;
  /** How many of the commonest codepoints are cut by frequency; the rest is cut into runs of neighbours. */
  readonly frequencyOrderedCount?: number;
};

/**
 * The cut's default weights, chosen by the curve that `npm run bench:slices` prints.
 *
 * 320 slices are about the most that keep the mean first view within twice the requests of Google's slices in every
 * language, and the fewest that halve its bytes. Pages of many rare characters cause more than 50 requests with them (and
 * with Google's); only 46 slices in all would rule that out, at 0.6 to 0.8 times Google's bytes.
 */
export const DEFAULT_SLICE_OPTIONS: Required<SliceOptions> = {
  maxSlices: 320,
  requestCostBytes: 550,
  fileBytes: 330,
  frequencyOrderedCount: 8000,
};

/**
 * Cuts what the bases leave of a face into the slices of the stylesheet that works without script.
 *
 * Minimises the expected cost of a page view, Σ P(slice is hit) · (its bytes + requestCostBytes), over all cuts of one
 * order of the codepoints into at most `maxSlices` pieces. The order is by falling share; beyond `frequencyOrderedCount`
 * it is by codepoint, which keeps the stylesheet's ranges short and costs nothing, as shares say little there.
 * Slices stand as in the stylesheet, rarest first: of overlapping ranges CSS takes the last. Every codepoint of the
 * coverage is in exactly one slice. Takes about `maxSlices` · 500² / 2 steps for 16,000 codepoints.
 * @see https://www.w3.org/TR/css-fonts-4/#composite-fonts
 */
export function planSlices(input: SliceInput, options: SliceOptions = {}): readonly CodepointSet[] {
  const resolved = { ...DEFAULT_SLICE_OPTIONS, ...options };
  const sequence = orderForCutting(input, resolved.frequencyOrderedCount);
  const cuts = chooseCuts(measureCandidates(sequence, input, resolved), resolved.maxSlices);
  return cuts
    .slice(1)
    .map((end, index) => sequence.slice(cuts[index], end))
    .map((members) => ({ set: codepointSetOf(members), meanShare: meanOf(members.map(input.share)) }))
    .sort((a, b) => a.meanShare - b.meanShare || (a.set[0] ?? 0) - (b.set[0] ?? 0))
    .map(({ set }) => set);
}

function orderForCutting({ coverage, share }: SliceInput, frequencyOrderedCount: number): readonly number[] {
  const ranked = Array.from(coverage, (codepoint) => ({ codepoint, share: share(codepoint) }))
    .sort((a, b) => b.share - a.share || a.codepoint - b.codepoint)
    .map(({ codepoint }) => codepoint);
  return [...ranked.slice(0, frequencyOrderedCount), ...ranked.slice(frequencyOrderedCount).sort((a, b) => a - b)];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The expected cost of a page view by some slices, in bytes: what {@link planSlices} makes least.
 *
 * @param input its coverage is not read: slices hold what they hold, also what the face does not draw.
 */
export function expectedCostOfSlices(
  slices: readonly CodepointSet[],
  { share, glyphBytes }: Pick<SliceInput, 'share' | 'glyphBytes'>,
  options: SliceOptions = {},
): number {
  const { fileBytes, requestCostBytes } = { ...DEFAULT_SLICE_OPTIONS, ...options };
  const sumOver = (members: CodepointSet, amountOf: (codepoint: number) => number) =>
    members.reduce((sum, codepoint) => sum + amountOf(codepoint), 0);
  return slices
    .filter(({ length }) => length > 0)
    .map((members) => {
      const hit = hitProbability(sumOver(members, share), members.length);
      return hit * (sumOver(members, glyphBytes) + fileBytes + requestCostBytes);
    })
    .reduce((sum, cost) => sum + cost, 0);
}

/** Positions where the sequence may be cut, with sums over all that stands before each. */
type Candidates = {
  readonly positions: readonly number[];
  readonly shareSums: readonly number[];
  readonly byteSums: readonly number[];
  readonly fixedBytes: number;
};

function measureCandidates(
  sequence: readonly number[],
  { share, glyphBytes }: SliceInput,
  { fileBytes, requestCostBytes }: Required<SliceOptions>,
): Candidates {
  const positions = candidatePositions(sequence.length);
  const shareSums = sumsAt(sequence.map(share), positions);
  return {
    positions,
    shareSums,
    byteSums: sumsAt(sequence.map(glyphBytes), positions),
    fixedBytes: fileBytes + requestCostBytes,
  };
}

/** A cut a few codepoints to and fro changes nothing where slices are large: steps grow to 40. */
function candidatePositions(length: number): readonly number[] {
  const positions: number[] = [];
  for (let position = 0; position < length; position += Math.min(40, Math.floor(position * 0.015) + 2)) {
    positions.push(position);
  }
  return [...positions, length];
}

function sumsAt(values: readonly number[], positions: readonly number[]): readonly number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return positions.map((position) => sums[position] ?? 0);
}

function chooseCuts(candidates: Candidates, maxSlices: number): readonly number[] {
  const last = candidates.positions.length - 1;
  const costs = pairCosts(candidates);
  let layer: Layer = { costs: new Float64Array(last + 1).fill(Number.POSITIVE_INFINITY).fill(0, 0, 1), from: [] };
  const layers = [layer];
  for (let count = 1; count <= maxSlices; count++) {
    layer = extendByOneSlice(layer, costs);
    layers.push(layer);
  }
  return traceBack(layers, last).map((index) => candidates.positions[index] ?? 0);
}

/** The least cost of everything before each candidate in a given number of slices, and where the last one began. */
type Layer = { readonly costs: Float64Array; readonly from: readonly number[] };

function extendByOneSlice({ costs: before }: Layer, pairs: readonly Float64Array[]): Layer {
  const costs = new Float64Array(before.length).fill(Number.POSITIVE_INFINITY);
  const from = new Array<number>(before.length).fill(0);
  for (const [start, row] of pairs.entries()) {
    const base = before[start] ?? 0;
    for (let end = start + 1; end < costs.length; end++) {
      const cost = base + (row[end] ?? 0);
      if (cost >= (costs[end] ?? 0)) continue;
      costs[end] = cost;
      from[end] = start;
    }
  }
  return { costs, from };
}

function traceBack(layers: readonly Layer[], last: number): readonly number[] {
  const totals = layers.map(({ costs }) => costs[last] ?? 0);
  let count = totals.indexOf(Math.min(...totals));
  const cuts = [last];
  for (; count > 0; count--) cuts.unshift(layers[count]?.from[cuts[0] ?? 0] ?? 0);
  return cuts;
}

function pairCosts({ positions, shareSums, byteSums, fixedBytes }: Candidates): readonly Float64Array[] {
  return positions.map((position, start) =>
    Float64Array.from(positions, (end, index) => {
      if (index <= start) return Number.POSITIVE_INFINITY;
      const bytes = (byteSums[index] ?? 0) - (byteSums[start] ?? 0);
      const hit = hitProbability((shareSums[index] ?? 0) - (shareSums[start] ?? 0), end - position);
      return hit * (bytes + fixedBytes);
    }),
  );
}

/**
 * The probability that a page draws at least one of `count` codepoints whose shares add up to `shareSum`.
 *
 * Rare codepoints crowd on few pages, so independence would make large rare slices look hit all the time. Codepoints are
 * drawn at a rate that varies between pages by a gamma distribution (negative binomial counts); its shape parameter falls
 * with the share. The shape's three numbers are fitted to sites that the priors had not seen, in four languages.
 */
function hitProbability(shareSum: number, count: number): number {
  const meanShare = Math.min(Math.max(shareSum / count, 1e-7), 0.995);
  const shape = 0.02 + 6 * meanShare ** 0.75;
  const logGrowth = -Math.log1p(-meanShare) / shape;
  return 1 - (1 + count * Math.expm1(logGrowth)) ** -shape;
}
