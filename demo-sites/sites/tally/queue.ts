import { type Batch, MAX_COUNT } from './batch.ts';
import { addCounts, type Counts, countOf, MAX_EVENTS, sumCounts } from './counts.ts';
import type { QueueState } from './messages.ts';

/** What is kept of one origin. Nothing of it tells who counted. */
type OriginQueue = {
  /** Counted, and in no batch yet. */
  readonly waiting: Counts;
  /** On its way: made once, sent until the server has answered. */
  readonly batch?: Batch;
  /** What the server said last: all counts of this origin. */
  readonly known: Counts;
  /** The ids of the last messages. */
  readonly seen: readonly string[];
};

/** The queues by origin. */
export type Queue = Readonly<Record<string, OriginQueue>>;

/** How many messages' ids are kept: far more than a client has under way. */
export const MAX_SEEN = 256;

const nothing: OriginQueue = { waiting: {}, known: {}, seen: [] };

/** Counts an event; undefined where the origin counts too many different ones. A message seen before changes nothing. */
export function countEvent(queue: Queue, origin: string, event: string, id?: string): Queue | undefined {
  const own = queue[origin] ?? nothing;
  if (id !== undefined && own.seen.includes(id)) return queue;
  const all = countsOf(own);
  if (!Object.hasOwn(all, event) && Object.keys(all).length >= MAX_EVENTS) return undefined;
  if (countOf(own.waiting, event) >= MAX_COUNT) return undefined;
  const seen = id === undefined ? own.seen : [...own.seen, id].slice(-MAX_SEEN);
  return { ...queue, [origin]: { ...own, seen, waiting: addCounts(own.waiting, { [event]: 1 }) } };
}

/** Makes a batch of what waits, for each origin that has none under way. */
export function sealBatches(queue: Queue, createId: () => string): Queue {
  const sealed = Object.entries(queue).map(([origin, own]): [string, OriginQueue] => {
    if (own.batch !== undefined || sumCounts(own.waiting) === 0) return [origin, own];
    return [origin, { ...own, waiting: {}, batch: { id: createId(), origin, counts: own.waiting } }];
  });
  return Object.fromEntries(sealed);
}

/** Lists the batches under way. */
export function listBatches(queue: Queue): readonly Batch[] {
  return Object.values(queue).flatMap(({ batch }) => batch ?? []);
}

/** Takes a batch out that the server has answered, with what it knows of the origin now; without that, it refused. */
export function settleBatch(queue: Queue, { id, origin }: Batch, known?: Counts): Queue {
  const own = queue[origin];
  if (own?.batch?.id !== id) return queue;
  const { batch: _, ...rest } = own;
  return { ...queue, [origin]: { ...rest, known: known ?? own.known } };
}

/** Describes one origin's queue. */
export function describeQueue(queue: Queue, origin: string): QueueState {
  const own = queue[origin] ?? nothing;
  return { counts: countsOf(own), waiting: sumCounts(own.waiting) + sumCounts(own.batch?.counts ?? {}) };
}

function countsOf({ known, batch, waiting }: OriginQueue): Counts {
  return addCounts(addCounts(known, batch?.counts ?? {}), waiting);
}
