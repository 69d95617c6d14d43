import { isScalarValue } from '../codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../codepoints/unicode-range.ts';
import { TypecaseError } from '../errors.ts';

/** What is known of a language's text before a face has been observed. */
export type Priors = {
  /** BCP 47 tag with script where it matters: `ja`, `ko`, `zh-Hans`, `zh-Hant`. */
  readonly language: string;
  /** The estimated share of pages that draw a codepoint, 0 to 1; the file's `unlisted` share for any it does not name. */
  share(codepoint: number): number;
  /** The codepoints of the file, commonest first; equally common ones ascending. */
  readonly ranked: readonly number[];
};

type Line = { readonly number: number; readonly fields: readonly string[] };

/**
 * Parses a priors file.
 *
 * Lines that are empty or begin with `#` say nothing. Of the others the first two are `language<TAB>ja` and
 * `unlisted<TAB>0.00002`, then follow `share<TAB>characters<TAB>ranges` with strictly falling shares, where `characters` are
 * written as they are and `ranges` (which may be missing) is a unicode-range for runs and what is awkward in a text file.
 * @throws TypecaseError `bad-priors`, with the number of the line, for anything else.
 */
export function parsePriors(text: string): Priors {
  const [languageLine, unlistedLine, ...shareLines] = contentLines(text);
  const language = parseNamed(languageLine, 'language');
  const unlisted = parseShare(parseNamed(unlistedLine, 'unlisted'), unlistedLine);
  const shares = new Map<number, number>();
  let previousShare = Number.POSITIVE_INFINITY;
  for (const line of shareLines) {
    const share = parseShare(line.fields[0] ?? '', line);
    if (share >= previousShare) throw badLine(line, 'shares fall from line to line');
    for (const codepoint of parseMembers(line)) {
      if (shares.has(codepoint)) throw badLine(line, `U+${codepoint.toString(16).toUpperCase()} has a share already`);
      shares.set(codepoint, share);
    }
    previousShare = share;
  }
  return { language, share: (codepoint) => shares.get(codepoint) ?? unlisted, ranked: [...shares.keys()] };
}

function contentLines(text: string): readonly Line[] {
  return text
    .split(/\r?\n/)
    .map((content, index) => ({ number: index + 1, content }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
    .map(({ number, content }) => ({ number, fields: content.split('\t') }));
}

function parseNamed(line: Line | undefined, name: string): string {
  const [key, value = '', ...rest] = line?.fields ?? [];
  if (key !== name || value === '' || rest.length > 0) throw badLine(line, `“${name}<TAB>value” is expected here`);
  return value;
}

const SHARE = /^(?:0(?:\.\d{1,9})?|1(?:\.0+)?)$/;

function parseShare(text: string, line: Line | undefined): number {
  if (!SHARE.test(text)) throw badLine(line, `“${text}” is no share: write a decimal from 0 to 1`);
  return Number(text);
}

function parseMembers(line: Line): readonly number[] {
  const [, characters = '', ranges = '', ...rest] = line.fields;
  if (characters + ranges === '' || rest.length > 0) {
    throw badLine(line, '“share<TAB>characters<TAB>ranges” is expected here');
  }
  const written = Array.from(characters, (character) => character.codePointAt(0) ?? 0);
  if (!written.every(isScalarValue)) throw badLine(line, 'a lone surrogate is no character');
  return [...written, ...parseRanges(ranges, line)].sort((a, b) => a - b);
}

function parseRanges(ranges: string, line: Line): Iterable<number> {
  try {
    return ranges === '' ? [] : parseUnicodeRange(ranges);
  } catch (error) {
    if (error instanceof TypecaseError) throw badLine(line, error.message);
    throw error;
  }
}

function badLine(line: Line | undefined, expectation: string): TypecaseError {
  const where = line === undefined ? 'end of file' : `line ${line.number}`;
  return new TypecaseError('bad-priors', `Priors, ${where}: ${expectation}.`, { line: line?.number });
}
