/** How often what has happened, by the event's name. */
export type Counts = Readonly<Record<string, number>>;

/** Different events that one origin may count; one more is refused. */
export const MAX_EVENTS = 50;

/** Tells whether a text names an event: a letter, then letters, digits and hyphens, at most 40 characters in all. */
export function isEventName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(value);
}

/** Reads one count; 0 for what never happened, `constructor` included. */
export function countOf(counts: Counts, event: string): number {
  return Object.hasOwn(counts, event) ? (counts[event] ?? 0) : 0;
}

/** Adds two counts up. */
export function addCounts(first: Counts, second: Counts): Counts {
  const sums = Object.entries(second).map(([event, count]) => [event, countOf(first, event) + count]);
  return { ...first, ...Object.fromEntries(sums) };
}

/** Sums up all events. */
export function sumCounts(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
