import type { Batch } from '../sites/tally/batch.ts';
import { addCounts, type Counts, MAX_EVENTS } from '../sites/tally/counts.ts';

/** What becomes of a batch: counted, known already by its id, or too much for one more. */
type Outcome = { readonly state: 'counted' | 'known'; readonly counts: Counts } | { readonly state: 'full' };

/** Counts by origin, in memory: they end with the process. */
export type TallyStore = {
  /** Counts a batch, unless one of its id has been counted. */
  add(batch: Batch): Outcome;
  totals(): Readonly<Record<string, Counts>>;
};

/** How much is kept; the oldest ids are forgotten first. */
export type TallyLimits = { readonly origins: number; readonly ids: number };

const usualLimits: TallyLimits = { origins: 1000, ids: 10_000 };

/** Makes an empty store. */
export function createTallyStore(limits: TallyLimits = usualLimits): TallyStore {
  const totals = new Map<string, Counts>();
  const ids = new Set<string>();
  const note = (id: string) => {
    ids.add(id);
    const [oldest] = ids;
    if (ids.size > limits.ids && oldest !== undefined) ids.delete(oldest);
  };
  return {
    add: ({ id, origin, counts }) => {
      const before = totals.get(origin);
      if (ids.has(id)) return { state: 'known', counts: before ?? {} };
      const after = addCounts(before ?? {}, counts);
      if (Object.keys(after).length > MAX_EVENTS || (before === undefined && totals.size >= limits.origins)) {
        return { state: 'full' };
      }
      note(id);
      totals.set(origin, after);
      return { state: 'counted', counts: after };
    },
    totals: () => Object.fromEntries(totals),
  };
}
