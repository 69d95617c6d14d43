import { type CodepointSet, codepointSetOfText } from '../codepoints/codepoint-set.ts';
import { MAX_SET_CODEPOINTS } from '../codepoints/set-encoding.ts';
import { TypecaseError } from '../errors.ts';
import { type FamilyRequest, parseFamily } from './parse-family.ts';

/** Values of `font-display`. @see https://www.w3.org/TR/css-fonts-4/#font-display-desc */
const DISPLAYS = ['auto', 'block', 'swap', 'fallback', 'optional'] as const;
const DELIVERIES = ['slices', 'delta'] as const;
const WRITINGS = ['horizontal', 'vertical'] as const;
const MAX_FAMILIES = 32;

/** A stylesheet that is asked for. */
export type StylesheetQuery = {
  readonly families: readonly FamilyRequest[];
  readonly display: (typeof DISPLAYS)[number];
  /** The only codepoints that are wanted, of every family; undefined for all. */
  readonly text: CodepointSet | undefined;
  /** `slices` works without script; `delta` gives the bases, and the page's client asks for the rest. */
  readonly delivery: (typeof DELIVERIES)[number];
  readonly writing: (typeof WRITINGS)[number];
};

/**
 * Parses the query of `/css2`: `family` (one or more), `display`, `text`, and our own `delivery` and `writing`.
 *
 * What is not known is passed over, as at Google Fonts, whose grammar it is.
 * @throws TypecaseError `missing-family` or `bad-query`, with the texts of Google's 400 pages.
 * @see https://developers.google.com/fonts/docs/css2
 */
export function parseStylesheetQuery(parameters: URLSearchParams): StylesheetQuery {
  const families = parameters.getAll('family');
  if (families.length === 0) throw missingFamily('');
  if (families.length > MAX_FAMILIES)
    throw badQuery('Too many families', `${families.length} are named; ${MAX_FAMILIES} is the limit.`);
  return {
    families: families.map(parseFamily),
    display: parseChoice(parameters, 'display', DISPLAYS),
    text: parseText(parameters.get('text')),
    delivery: parseChoice(parameters, 'delivery', DELIVERIES),
    writing: parseChoice(parameters, 'writing', WRITINGS),
  };
}

function parseText(text: string | null): CodepointSet | undefined {
  const set = codepointSetOfText(text ?? '');
  if (set.length > MAX_SET_CODEPOINTS) {
    throw badQuery('Invalid text', `It has ${set.length} different characters; ${MAX_SET_CODEPOINTS} is the limit.`);
  }
  return set.length === 0 ? undefined : set;
}

/** The first choice is the one where the parameter is missing. */
function parseChoice<T extends string>(parameters: URLSearchParams, name: string, choices: readonly [T, ...T[]]): T {
  const given = parameters.get(name) ?? choices[0];
  const choice = choices.find((candidate) => candidate === given);
  if (choice === undefined) throw badQuery(`Invalid ${name}`, `“${given}” is none of ${choices.join(', ')}.`);
  return choice;
}

/** The error for a family that is not named or not to be had. */
export function missingFamily(requested: string, hint = ''): TypecaseError {
  const lines = ['Missing font family', 'The requested font families are not available.', `Requested: ${requested}`];
  return new TypecaseError('missing-family', [...lines, ...(hint === '' ? [] : [hint])].join('\n'));
}

function badQuery(title: string, reason: string): TypecaseError {
  return new TypecaseError('bad-query', `${title}\n${reason}`);
}
