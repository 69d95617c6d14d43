import { TypecaseError } from '../errors.ts';

/** A value of an axis, or a range of values, inclusive. */
export type AxisRange = { readonly min: number; readonly max: number };

/** The value of each axis of a selector, by tag. */
export type AxisTuple = ReadonlyMap<string, AxisRange>;

/** A family and the styles of it that are asked for; without any, its regular style. */
export type FamilyRequest = { readonly family: string; readonly tuples: readonly AxisTuple[] };

const AXIS_TAG = /^[a-zA-Z]{4}$/;
const NUMBER = '-?(?:\\d{1,5}(?:\\.\\d{1,4})?|\\.\\d{1,4})';
const VALUE = new RegExp(`^(${NUMBER})(?:\\.\\.(${NUMBER}))?$`);
const MAX_FAMILY_CHARACTERS = 100;
const MAX_TUPLES = 200;

/**
 * Parses a `family` value: `Name` or `Name:axis,axis@value,value;value,value`.
 *
 * Axes stand in alphabetical order, lower case first; tuples in ascending order, none touching another.
 * @throws TypecaseError `bad-query`, with the texts of Google's 400 pages, or `missing-family` without a name.
 * @see https://developers.google.com/fonts/docs/css2#forming_api_urls
 */
export function parseFamily(text: string): FamilyRequest {
  const colon = text.indexOf(':');
  const family = (colon < 0 ? text : text.slice(0, colon)).trim();
  if (family.length > MAX_FAMILY_CHARACTERS)
    throw invalidSelector('The family name is too long', family.slice(0, MAX_FAMILY_CHARACTERS));
  return { family, tuples: colon < 0 ? [] : parseSelector(text.slice(colon + 1), text) };
}

function parseSelector(selector: string, whole: string): readonly AxisTuple[] {
  const [tagList = '', tupleList, ...rest] = selector.split('@');
  const tags = tagList.split(',');
  for (const tag of tags) if (!AXIS_TAG.test(tag)) throw invalidSelector(`Invalid axisTag: ${tag}`, whole);
  if (tupleList === undefined || rest.length > 0)
    throw invalidSelector('Expected one @ between axes and values', whole);
  if (!isAscending(tags, compareTags))
    throw invalidSelector('Axes must be listed alphabetically (e.g. a,b,c,A,B,C)', whole);
  if (new Set(tags).size < tags.length) throw invalidSelector('Every axis must be listed once', whole);
  const tuples = tupleList.split(';').map((tuple) => parseTuple(tuple, tags, whole));
  if (tuples.length > MAX_TUPLES) throw invalidSelector(`At most ${MAX_TUPLES} tuples`, whole);
  if (!isAscending(tuples, compareTuples)) throw invalidSelector('Tuples must be sorted', whole);
  if (tuples.some((tuple, index) => touches(tuples[index - 1], tuple)))
    throw invalidSelector('Tuples must not overlap', whole);
  return tuples.map((values) => new Map(tags.map((tag, index) => [tag, values[index] ?? NOWHERE])));
}

const NOWHERE: AxisRange = { min: 0, max: 0 };

function parseTuple(text: string, tags: readonly string[], whole: string): readonly AxisRange[] {
  const values = text.split(',').map((value) => parseValue(value, whole));
  if (values.length !== tags.length) throw invalidSelector(`Expected ${tags.length} values in every tuple`, whole);
  return values;
}

function parseValue(text: string, whole: string): AxisRange {
  const [, min, max] = VALUE.exec(text) ?? [];
  if (min === undefined) throw invalidSelector(`Invalid axis value: ${text}`, whole);
  const range = { min: Number(min), max: Number(max ?? min) };
  if (max !== undefined && range.min >= range.max) throw invalidSelector(`Invalid axis range: ${text}`, whole);
  return range;
}

/** Lower case before upper case, each alphabetical. */
function compareTags(a: string, b: string): number {
  const [lowerA, lowerB] = [a === a.toLowerCase(), b === b.toLowerCase()];
  if (lowerA !== lowerB) return lowerA ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

function compareTuples(a: readonly AxisRange[], b: readonly AxisRange[]): number {
  for (const [index, value] of a.entries()) {
    const order = value.min - (b[index]?.min ?? 0) || value.max - (b[index]?.max ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** Tells whether two neighbours name one style twice: every axis the same but at most one, on which they share a value. */
function touches(previous: readonly AxisRange[] | undefined, next: readonly AxisRange[]): boolean {
  return (
    previous?.every(({ min, max }, index) => min <= (next[index]?.max ?? 0) && max >= (next[index]?.min ?? 0)) ?? false
  );
}

function isAscending<T>(values: readonly T[], compare: (a: T, b: T) => number): boolean {
  return values.every((value, index) => index === 0 || compare(values[index - 1] as T, value) <= 0);
}

function invalidSelector(reason: string, selector: string): TypecaseError {
  return new TypecaseError('bad-query', `Invalid selector\n${reason}\n${selector}`);
}
