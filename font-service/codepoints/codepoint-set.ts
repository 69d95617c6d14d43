/** The highest Unicode codepoint. */
export const MAX_CODEPOINT = 0x10ffff;

declare const codepointSet: unique symbol;

/** Unicode scalar values, strictly ascending; never written to after it is made. */
export type CodepointSet = Uint32Array<ArrayBuffer> & { readonly [codepointSet]: true };

/** The set without members. */
export const EMPTY_CODEPOINT_SET = /* @__PURE__ */ new Uint32Array(0) as CodepointSet;

/** Tells whether a number is a Unicode scalar value: 0 to 0x10FFFF without the surrogates. */
export function isScalarValue(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_CODEPOINT && !(value >= 0xd800 && value <= 0xdfff);
}

/** Makes a set of any numbers, in any order and number of times; what is no scalar value is left out. */
export function codepointSetOf(values: Iterable<number>): CodepointSet {
  const sorted = Uint32Array.from([...values].filter(isScalarValue)).sort();
  return sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]) as CodepointSet;
}

/** Makes the set of the codepoints of a text; lone surrogates are left out. */
export function codepointSetOfText(text: string): CodepointSet {
  return codepointSetOf(Array.from(text, (character) => character.codePointAt(0) ?? 0));
}

/** The place of a codepoint in a set, from 0; -1 where it is no member. Binary search. */
export function indexOfCodepoint(set: CodepointSet, codepoint: number): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((set[middle] ?? 0) < codepoint) low = middle + 1;
    else high = middle;
  }
  return set[low] === codepoint ? low : -1;
}

/** Tells whether a set holds a codepoint. Binary search. */
export function hasCodepoint(set: CodepointSet, codepoint: number): boolean {
  return indexOfCodepoint(set, codepoint) >= 0;
}

/** The members of `a` that are also members of `b`. */
export function intersectionOf(a: CodepointSet, b: CodepointSet): CodepointSet {
  return a.filter((codepoint) => hasCodepoint(b, codepoint)) as CodepointSet;
}

/** The members of `a` that are not members of `b`. */
export function differenceOf(a: CodepointSet, b: CodepointSet): CodepointSet {
  return a.filter((codepoint) => !hasCodepoint(b, codepoint)) as CodepointSet;
}

/** The members of any of the sets. */
export function unionOf(...sets: readonly CodepointSet[]): CodepointSet {
  return codepointSetOf(sets.flatMap((set) => Array.from(set)));
}
