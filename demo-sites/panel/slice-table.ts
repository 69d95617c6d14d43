/** One of Google's slices: the codepoints that its `unicode-range` names, and its size in bytes by weight. */
type Slice = { readonly ranges: readonly CodepointRange[]; readonly bytes: Readonly<Record<number, number>> };

/** First and last codepoint, both included. */
type CodepointRange = readonly [first: number, last: number];

/** All slices of a family in the order of Google's stylesheet: of two that name a codepoint, browsers take the later. */
export type SliceTable = readonly Slice[];

/** A slice as JSON: `unicode-range` without its `U+`, and bytes in the order of the weights. */
type WrittenSlice = readonly [ranges: string, ...bytes: readonly number[]];

/** A table as it is served. */
export type WrittenSliceTable = { readonly weights: readonly number[]; readonly slices: readonly WrittenSlice[] };

/** Reads a table that {@link WrittenSliceTable} describes; our own server has written it. */
export function readSliceTable({ weights, slices }: WrittenSliceTable): SliceTable {
  return slices.map(([ranges, ...bytes]) => ({
    ranges: ranges.split(',').map(parseRange),
    bytes: Object.fromEntries(weights.map((weight, index) => [weight, bytes[index] ?? 0])),
  }));
}

function parseRange(text: string): CodepointRange {
  const [first = '', last = first] = text.split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

/** Finds the slices, by their indices, that a browser fetches to draw codepoints by Google's stylesheet. */
export function findSlices(table: SliceTable, codepoints: Iterable<number>): ReadonlySet<number> {
  const found = new Set<number>();
  for (const codepoint of codepoints) {
    const index = table.findLastIndex(({ ranges }) => isWithin(ranges, codepoint));
    if (index >= 0) found.add(index);
  }
  return found;
}

function isWithin(ranges: readonly CodepointRange[], codepoint: number): boolean {
  return ranges.some(([first, last]) => first <= codepoint && codepoint <= last);
}
