import { type CodepointSet, codepointSetOf } from '../codepoints/codepoint-set.ts';

/** Below this share of pages a codepoint is no part of the small first base, whatever room is left. */
const LEAST_SHARE_OF_FIRST = 0.02;
/** From this share of pages on a codepoint is in common use. */
const LEAST_COMMON_SHARE = 0.002;
/** Codepoints of a base of those in common use but the first: some 4 kB. */
const COMMON_BASE_CODEPOINTS = 48;

/**
 * What is left is used by few pages, and by script or kind together: one base for each, so that a page of Greek or of
 * box drawings fetches no others. Bounds are codepoints, exclusive, ascending; kinds may return.
 */
const KINDS: readonly (readonly [number, string])[] = [
  [0x0370, 'latin'],
  [0x0530, 'greek-cyrillic'],
  [0x1100, 'latin'],
  [0x1200, 'jamo'],
  [0x2000, 'latin'],
  [0x2e80, 'symbols'],
  [0x3100, 'kana'],
  [0x3200, 'jamo'],
  [0x3400, 'enclosed'],
  [0xa960, 'symbols'],
  [0xa980, 'jamo'],
  [0xd7b0, 'symbols'],
  [0xd800, 'jamo'],
  [0xff00, 'symbols'],
  [0xfff0, 'width-forms'],
  [0x110000, 'supplementary'],
];

/** What the bases of a face are planned from. */
export type BaseInput = {
  /** The face's codepoints within the base territory. */
  readonly territory: CodepointSet;
  /** The share of pages that draw a codepoint, 0 to 1. */
  readonly share: (codepoint: number) => number;
  /** Cuts a base and tells whether it is small enough to be the first. */
  readonly fitsFirst: (base: CodepointSet) => Promise<boolean>;
};

/**
 * Splits a face's base territory: base 0 of the commonest codepoints that fit, a few more of those in common use by falling
 * share, then one for each kind of rare ones. Disjoint, together the whole territory, none empty.
 */
export async function planBases({ territory, share, fitsFirst }: BaseInput): Promise<readonly CodepointSet[]> {
  const ranked = [...territory].sort((a, b) => share(b) - share(a) || a - b);
  const candidates = ranked.filter((codepoint) => share(codepoint) >= LEAST_SHARE_OF_FIRST);
  const firstCount = await largestFitting(candidates.length, (count) =>
    fitsFirst(codepointSetOf(ranked.slice(0, count))),
  );
  const later = ranked.slice(firstCount);
  const common = later.filter((codepoint) => share(codepoint) >= LEAST_COMMON_SHARE);
  const rare = later.slice(common.length);
  const kinds = [...new Set(rare.map(kindOf))];
  const groups = [
    ranked.slice(0, firstCount),
    ...chunksOf(common, COMMON_BASE_CODEPOINTS),
    ...kinds.map((kind) => rare.filter((codepoint) => kindOf(codepoint) === kind)),
  ];
  return groups.filter(({ length }) => length > 0).map(codepointSetOf);
}

function chunksOf<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, index) => values.slice(index * size, (index + 1) * size));
}

function kindOf(codepoint: number): string {
  return KINDS.find(([end]) => codepoint < end)?.[1] ?? 'supplementary';
}

/** The largest count from 0 to `most` that fits; binary search, as more codepoints never make a smaller font. */
async function largestFitting(most: number, fits: (count: number) => Promise<boolean>): Promise<number> {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (await fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
