/** A cache that loads what it lacks, once at a time for each key, and forgets the least recently used beyond its budget. */
export type LruCache<V> = {
  /** Gives the value of a key; undefined where `load` finds none, which is not remembered. */
  get(key: string, load: () => Promise<V | undefined>): Promise<V | undefined>;
  /** Bytes of all values held. */
  readonly heldBytes: () => number;
};

/**
 * Lets some work go on when the request that began it ends early: the platform cancels what belongs to a request, and all
 * who wait for it would wait for ever.
 */
export type KeepAlive = (work: Promise<unknown>) => void;

/**
 * Creates a cache bounded in bytes.
 *
 * A value above the whole budget is given out but not held.
 * @param sizeOf bytes of a value; asked once, when it is loaded.
 * @param keepAlive told of every load: others may wait for it.
 */
export function createLruCache<V>(
  budgetBytes: number,
  sizeOf: (value: V) => number,
  keepAlive: KeepAlive,
): LruCache<V> {
  // A Map keeps the order of insertion: what is used goes to its end.
  const held = new Map<string, { readonly value: V; readonly bytes: number }>();
  const loading = new Map<string, Promise<V | undefined>>();
  let heldBytes = 0;

  function hold(key: string, value: V): void {
    const bytes = sizeOf(value);
    if (bytes > budgetBytes) return;
    held.set(key, { value, bytes });
    heldBytes += bytes;
    for (const [oldest, entry] of held) {
      if (heldBytes <= budgetBytes) return;
      held.delete(oldest);
      heldBytes -= entry.bytes;
    }
  }

  async function loadInto(key: string, load: () => Promise<V | undefined>): Promise<V | undefined> {
    try {
      const value = await load();
      if (value !== undefined) hold(key, value);
      return value;
    } finally {
      loading.delete(key);
    }
  }

  return {
    heldBytes: () => heldBytes,
    get: async (key, load) => {
      const entry = held.get(key);
      if (entry !== undefined) {
        held.delete(key);
        held.set(key, entry);
        return entry.value;
      }
      const pending = loading.get(key);
      if (pending !== undefined) return pending;
      // Async even where `load` throws at once: the entry is to be set before it is deleted.
      const started = loadInto(key, async () => load());
      loading.set(key, started);
      keepAlive(started.catch(() => undefined));
      return started;
    },
  };
}
