import * as v from 'valibot';
import { TraceError } from './trace-error.ts';

/** A page of the traces; neighbours in the order of `page` are related pages. */
export type ObservedPage = {
  readonly site: string;
  /** The rank of the page within its site, 0 or more. */
  readonly page: number;
  /** Strictly ascending Unicode scalar values, at least one. */
  readonly codepoints: readonly number[];
  /** Characters of the page's text without white space, where the trace says so. */
  readonly characters?: number;
};

/** Characters of a site's name. */
export const MAX_SITE_CHARACTERS = 200;
/** Twenty times what the fullest page of a Tang poetry collection draws. */
export const MAX_PAGE_CODEPOINTS = 40_000;
/** Room for as many gaps of seven digits. */
export const MAX_LINE_CHARACTERS = 400_000;

const SITE_IS = `“site” should be a name of 1 to ${MAX_SITE_CHARACTERS} characters, without control characters`;
const PAGE_IS = '“page” should be a whole number from 0 on';
const CHARS_IS = '“chars”, where it is there, should be a whole number from 0 on';
const CPS_ARE = `“cps” should be a list of 1 to ${MAX_PAGE_CODEPOINTS} whole numbers: a codepoint, then gaps of 1 or more`;

const wholeNumber = (message: string) => v.pipe(v.number(message), v.safeInteger(message), v.minValue(0, message));

const traceLine = v.object(
  {
    site: v.pipe(v.string(SITE_IS), v.maxLength(MAX_SITE_CHARACTERS, SITE_IS), v.regex(/^\P{C}+$/u, SITE_IS)),
    page: wholeNumber(PAGE_IS),
    chars: v.exactOptional(wholeNumber(CHARS_IS)),
    cps: v.pipe(
      v.array(wholeNumber(CPS_ARE), CPS_ARE),
      v.minLength(1, CPS_ARE),
      v.maxLength(MAX_PAGE_CODEPOINTS, CPS_ARE),
    ),
  },
  'a page should be an object like {"site":"…","page":0,"cps":[12354,2]}',
);

/**
 * Parses one line of a trace, `{"site":"…","page":n,"chars":n,"cps":[first,gap,gap,…]}`; other fields are ignored.
 * @throws TraceError that says what would be right; it quotes nothing of the line, as that may be anything.
 */
export function parseTraceLine(line: string): ObservedPage {
  if (line.length > MAX_LINE_CHARACTERS)
    throw new TraceError(
      `the line is ${line.length} characters long; a page should be at most ${MAX_LINE_CHARACTERS}, on a line of its own`,
    );
  const result = v.safeParse(traceLine, parseJson(line), { abortEarly: true });
  if (!result.success) throw new TraceError(messageOf(result.issues[0]));
  const { site, page, chars, cps } = result.output;
  return { site, page, codepoints: undoGaps(cps), ...(chars === undefined ? {} : { characters: chars }) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new TraceError('not JSON; each line should be one object like {"site":"…","page":0,"cps":[12354,2]}');
  }
}

/** A field that is missing has valibot's own message. */
function messageOf(issue: v.InferIssue<typeof traceLine>): string {
  const key = issue.path?.at(-1)?.key;
  if (issue.input !== undefined || issue.expected !== `"${key}"`) return issue.message;
  return { site: SITE_IS, page: PAGE_IS, cps: CPS_ARE }[String(key)] ?? issue.message;
}

function undoGaps(gaps: readonly number[]): readonly number[] {
  let codepoint = -1;
  return gaps.map((gap, index) => {
    if (index > 0 && gap === 0) throw new TraceError(`gap ${index} of “cps” is 0; ${CPS_ARE}`);
    codepoint = index === 0 ? gap : codepoint + gap;
    if (codepoint > 0x10ffff || (codepoint >= 0xd800 && codepoint <= 0xdfff))
      throw new TraceError(
        `number ${index} of “cps” leads to ${codepoint}, which is no Unicode character; the sums should stay within U+0 to U+10FFFF, outside the surrogates`,
      );
    return codepoint;
  });
}
