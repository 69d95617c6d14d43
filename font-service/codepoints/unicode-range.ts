import { TypecaseError } from '../errors.ts';
import {
  type CodepointSet,
  codepointSetOf,
  EMPTY_CODEPOINT_SET,
  hasCodepoint,
  MAX_CODEPOINT,
} from './codepoint-set.ts';

/**
 * Formats a set as the value of a `unicode-range` descriptor.
 *
 * A gap is bridged where all its codepoints are in `claimedLater`: of overlapping ranges the face declared last wins, so
 * the text gets shorter and the meaning stays.
 * @see https://www.w3.org/TR/css-fonts-4/#unicode-range-desc and #composite-fonts
 */
export function formatUnicodeRange(set: CodepointSet, claimedLater: CodepointSet = EMPTY_CODEPOINT_SET): string {
  const ranges: string[] = [];
  for (let index = 0; index < set.length; ) {
    const first = set[index] ?? 0;
    let last = first;
    index += 1;
    while (index < set.length && isBridged(last, set[index] ?? 0, claimedLater)) last = set[index++] ?? 0;
    ranges.push(first === last ? `U+${hex(first)}` : `U+${hex(first)}-${hex(last)}`);
  }
  return ranges.join(',');
}

function isBridged(last: number, next: number, claimedLater: CodepointSet): boolean {
  for (let gap = last + 1; gap < next; gap++) if (!hasCodepoint(claimedLater, gap)) return false;
  return true;
}

function hex(codepoint: number): string {
  return codepoint.toString(16).toUpperCase();
}

const RANGE = /^U\+(?:([0-9a-f]{1,6})(?:-([0-9a-f]{1,6}))?|([0-9a-f]{0,5})(\?{1,6}))$/i;

/**
 * Parses the value of a `unicode-range` descriptor: codepoints, intervals and wildcards, separated by commas.
 *
 * @throws TypecaseError `bad-unicode-range` for anything that CSS would refuse.
 * @see https://www.w3.org/TR/css-fonts-4/#unicode-range-desc
 */
export function parseUnicodeRange(text: string): CodepointSet {
  const members: number[] = [];
  for (const part of text.split(',')) {
    const [first, last] = parseInterval(part.trim());
    for (let codepoint = first; codepoint <= last; codepoint++) members.push(codepoint);
  }
  return codepointSetOf(members);
}

function parseInterval(text: string): readonly [number, number] {
  const match = RANGE.exec(text);
  const [, first = '', last, stem = '', wildcards = ''] = match ?? [];
  const low = Number.parseInt(wildcards ? stem + '0'.repeat(wildcards.length) : first, 16);
  const high = Number.parseInt(wildcards ? stem + 'f'.repeat(wildcards.length) : (last ?? first), 16);
  if (match === null || low > high || high > MAX_CODEPOINT || (stem + wildcards).length > 6) {
    throw new TypecaseError(
      'bad-unicode-range',
      `“${text}” is no unicode-range: write U+4E00, U+4E00-4FFF or U+4E?? with values up to 10FFFF.`,
    );
  }
  return [low, high];
}
