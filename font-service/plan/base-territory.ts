import type { CodepointSet } from '../codepoints/codepoint-set.ts';

const HAN = /\p{Script=Han}/u;

/**
 * Tells whether a codepoint belongs to the base of a face: what layout acts on, which is all but Han and Hangul syllables.
 *
 * Han includes the radicals and the iteration mark 々; conjoining jamo belong to the base.
 * @see https://www.unicode.org/Public/UCD/latest/ucd/Scripts.txt
 */
export function isInBaseTerritory(codepoint: number): boolean {
  const isHangulSyllable = codepoint >= 0xac00 && codepoint <= 0xd7a3;
  return !isHangulSyllable && !HAN.test(String.fromCodePoint(codepoint));
}

/** The parts of a set inside and outside the base. */
export function splitAtBase(set: CodepointSet): { readonly base: CodepointSet; readonly rest: CodepointSet } {
  const flags = set.map((codepoint) => (isInBaseTerritory(codepoint) ? 1 : 0));
  return {
    base: set.filter((_, index) => flags[index] === 1) as CodepointSet,
    rest: set.filter((_, index) => flags[index] === 0) as CodepointSet,
  };
}
