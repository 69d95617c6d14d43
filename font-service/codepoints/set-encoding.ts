import { TypecaseError } from '../errors.ts';
import { type CodepointSet, isScalarValue } from './codepoint-set.ts';

/** Most codepoints that one encoded set may hold; as many segments still fit a format 4 cmap. */
export const MAX_SET_CODEPOINTS = 8000;
/** Most characters that one encoded set may have. */
export const MAX_SET_CHARACTERS = 12_288;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BITS_PER_CHARACTER = 6;
const MAX_RICE_PARAMETER = 20;
/** This many one-bits say that the gap follows as it is, in GAP_BITS bits: a jump from one block of Unicode to another. */
const ESCAPE_ONES = 8;
const GAP_BITS = 21;

/**
 * Formats a set for a URL path: Golomb-Rice coded gaps in the base64url alphabet.
 *
 * The first character is the Rice parameter k (A = 0). Then, for every member, ascending, the gap g to the member before
 * it (the first: to -1) less one: `g >> k` one-bits, a zero bit, and the k low bits of g, most significant first; or, where
 * `g >> k` is 8 or more, eight one-bits and g in 21 bits. The last character is filled with one-bits. k is the smallest of
 * those that make the text shortest: one set has one spelling.
 * @throws TypecaseError `bad-codepoint-set` for an empty set and for one that is over the limits.
 */
export function formatSet(set: CodepointSet): string {
  if (set.length === 0) throw badSet('it is empty; name at least one codepoint');
  if (set.length > MAX_SET_CODEPOINTS)
    throw badSet(`it has ${set.length} codepoints; ${MAX_SET_CODEPOINTS} is the limit`);
  const parameter = shortestParameter(set);
  const characters = 1 + Math.ceil(bitsWith(set, parameter) / BITS_PER_CHARACTER);
  if (characters > MAX_SET_CHARACTERS)
    throw badSet(`it needs ${characters} characters; ${MAX_SET_CHARACTERS} is the limit`);
  return (ALPHABET[parameter] ?? '') + riceText(set, parameter);
}

/**
 * Parses what {@link formatSet} writes; any other spelling of the same set is refused.
 *
 * @throws TypecaseError `bad-codepoint-set` for anything that is not canonical, over the limits, or no codepoint.
 */
export function parseSet(text: string): CodepointSet {
  if (text.length < 2) throw badSet('it is too short: a parameter and at least one codepoint are needed');
  if (text.length > MAX_SET_CHARACTERS)
    throw badSet(`it has ${text.length} characters; ${MAX_SET_CHARACTERS} is the limit`);
  const parameter = ALPHABET.indexOf(text[0] ?? '');
  if (parameter < 0 || parameter > MAX_RICE_PARAMETER) throw badSet('its first character must be A to U');
  const members = readGaps(text, parameter);
  const set = Uint32Array.from(members) as CodepointSet;
  if (formatSet(set) !== text)
    throw badSet('it is not in the canonical spelling: take the shortest parameter and fill with ones');
  return set;
}

function readGaps(text: string, parameter: number): readonly number[] {
  const nextBit = createBitReader(text);
  const members: number[] = [];
  let previous = -1;
  for (;;) {
    const gap = readRice(nextBit, parameter);
    if (gap === undefined) return members;
    previous += gap + 1;
    if (!isScalarValue(previous)) throw badSet(`U+${previous.toString(16).toUpperCase()} is no Unicode scalar value`);
    if (members.push(previous) > MAX_SET_CODEPOINTS) throw badSet(`it has more than ${MAX_SET_CODEPOINTS} codepoints`);
  }
}

/** Reads one number; undefined where only filling is left. */
function readRice(nextBit: () => number | undefined, parameter: number): number | undefined {
  for (let quotient = 0; quotient < ESCAPE_ONES; quotient++) {
    const bit = nextBit();
    if (bit === undefined) return undefined;
    if (bit === 0) return quotient * 2 ** parameter + readBits(nextBit, parameter);
  }
  return readBits(nextBit, GAP_BITS);
}

function readBits(nextBit: () => number | undefined, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index++) {
    const bit = nextBit();
    if (bit === undefined) throw badSet('it is cut off in the middle of a codepoint');
    value = value * 2 + bit;
  }
  return value;
}

function createBitReader(text: string): () => number | undefined {
  let at = BITS_PER_CHARACTER;
  return () => {
    const index = Math.floor(at / BITS_PER_CHARACTER);
    if (index >= text.length) return undefined;
    const value = ALPHABET.indexOf(text[index] ?? '');
    if (value < 0) throw badSet(`“${text[index]}” is none of the characters A-Z a-z 0-9 - _`);
    return (value >> (BITS_PER_CHARACTER - 1 - (at++ % BITS_PER_CHARACTER))) & 1;
  };
}

function riceText(set: CodepointSet, parameter: number): string {
  let text = '';
  let value = 1;
  const put = (bits: number, count: number) => {
    for (let index = count - 1; index >= 0; index--) {
      value = value * 2 + ((bits >>> index) & 1);
      if (value < 2 ** BITS_PER_CHARACTER) continue;
      text += ALPHABET[value - 2 ** BITS_PER_CHARACTER];
      value = 1;
    }
  };
  let previous = -1;
  for (const codepoint of set) {
    const gap = codepoint - previous - 1;
    const quotient = gap >>> parameter;
    if (quotient < ESCAPE_ONES) put(2 ** (quotient + 1) - 2, quotient + 1);
    else put(2 ** ESCAPE_ONES - 1, ESCAPE_ONES);
    put(gap, quotient < ESCAPE_ONES ? parameter : GAP_BITS);
    previous = codepoint;
  }
  while (value !== 1) put(1, 1);
  return text;
}

function shortestParameter(set: CodepointSet): number {
  let best = 0;
  let bestBits = Number.POSITIVE_INFINITY;
  for (let parameter = 0; parameter <= MAX_RICE_PARAMETER; parameter++) {
    const bits = bitsWith(set, parameter);
    if (bits < bestBits) [best, bestBits] = [parameter, bits];
  }
  return best;
}

function bitsWith(set: CodepointSet, parameter: number): number {
  let bits = 0;
  let previous = -1;
  for (const codepoint of set) {
    const quotient = (codepoint - previous - 1) >>> parameter;
    bits += quotient < ESCAPE_ONES ? quotient + 1 + parameter : ESCAPE_ONES + GAP_BITS;
    previous = codepoint;
  }
  return bits;
}

function badSet(reason: string): TypecaseError {
  return new TypecaseError('bad-codepoint-set', `The codepoint set cannot be read: ${reason}.`);
}
