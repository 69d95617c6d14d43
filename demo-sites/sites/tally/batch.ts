import { type Counts, isEventName, MAX_EVENTS } from './counts.ts';

/** What is sent at once: the counts of one origin. A batch that is sent again has the same id, and counts once. */
export type Batch = { readonly id: string; readonly origin: string; readonly counts: Counts };

/** A batch, or what is wrong with what was to be one. */
export type ParsedBatch = { readonly state: 'batch'; readonly batch: Batch } | Problem;

type Problem = { readonly state: 'problem'; readonly detail: string };

/** The highest count of one event in one batch. */
export const MAX_COUNT = 1_000_000;

/** Parses a batch. Fields that are not named here are left out, so nothing else can be collected. */
export function parseBatch(value: unknown): ParsedBatch {
  if (typeof value !== 'object' || value === null) return problem('The body is no JSON object.');
  const { id, origin, counts } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || !/^[\w-]{8,64}$/.test(id))
    return problem('id is no text of 8 to 64 letters and digits.');
  if (typeof origin !== 'string' || !isOrigin(origin)) return problem('origin is none, like https://site.example.');
  if (typeof counts !== 'object' || counts === null) return problem('counts is no object.');
  const pairs = Object.entries(counts);
  if (pairs.length === 0 || pairs.length > MAX_EVENTS)
    return problem(`counts names no event, or more than ${MAX_EVENTS}.`);
  const wrong = pairs.find(([event, count]) => !isEventName(event) || !isCount(count));
  if (wrong) return problem('counts has a name or a number that is none: {"like": 1} is right.');
  return { state: 'batch', batch: { id, origin, counts: Object.fromEntries(pairs) } };
}

function problem(detail: string): Problem {
  return { state: 'problem', detail };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_COUNT;
}

function isOrigin(value: string): boolean {
  if (value.length > 300 || !URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.origin === value;
}
