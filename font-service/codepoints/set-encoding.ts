import { TypecaseError } from '../errors.ts';
import { type CodepointSet, isScalarValue } from './codepoint-set.ts';
import { decodeGaps, encodeGaps } from './gap-coding.ts';

/** Most codepoints that one encoded set may hold; as many segments still fit a format 4 cmap. */
export const MAX_SET_CODEPOINTS = 8000;
/** Most characters that one encoded set may have. */
export const MAX_SET_CHARACTERS = 12_288;

/**
 * Formats a set for a URL path, as `encodeGaps` of gap-coding.ts spells its members: one set has one spelling.
 *
 * @throws TypecaseError `bad-codepoint-set` for an empty set and for one that is over the limits.
 */
export function formatSet(set: CodepointSet): string {
  if (set.length === 0) throw badSet('it is empty; name at least one codepoint');
  if (set.length > MAX_SET_CODEPOINTS)
    throw badSet(`it has ${set.length} codepoints; ${MAX_SET_CODEPOINTS} is the limit`);
  const text = encodeGaps(set);
  if (text.length > MAX_SET_CHARACTERS)
    throw badSet(`it needs ${text.length} characters; ${MAX_SET_CHARACTERS} is the limit`);
  return text;
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
  if (!/^[A-U]/.test(text)) throw badSet('its first character must be A to U');
  const [stranger] = /[^A-Za-z0-9_-]/u.exec(text) ?? [];
  if (stranger !== undefined) throw badSet(`“${stranger}” is none of the characters A-Z a-z 0-9 - _`);
  const members = decodeGaps(text);
  const wrong = members.find((member) => !isScalarValue(member));
  if (wrong !== undefined) throw badSet(`U+${wrong.toString(16).toUpperCase()} is no Unicode scalar value`);
  const set = Uint32Array.from(members) as CodepointSet;
  if (formatSet(set) !== text)
    throw badSet('it is cut off, or not in the canonical spelling: take the shortest parameter and fill with ones');
  return set;
}

function badSet(reason: string): TypecaseError {
  return new TypecaseError('bad-codepoint-set', `The codepoint set cannot be read: ${reason}.`);
}
