/** Lets clients do something so often, and no more. */
export type RateLimiter = {
  /** Whether this client may do it now; if so, it is counted. */
  take(client: number): boolean;
};

/** How often a client may do something. */
export type RateLimit = {
  readonly perMinute: number;
  /** How often at once, after a pause. */
  readonly burst: number;
  /** Clients that are remembered: a few bytes each. Beyond, those that were seen first begin anew. */
  readonly maxClients: number;
};

/** Creates a limiter in memory: buckets that fill with time. */
export function createRateLimiter({ perMinute, burst, maxClients }: RateLimit, nowMs: () => number): RateLimiter {
  const buckets = new Map<number, { readonly left: number; readonly atMs: number }>();
  return {
    take: (client) => {
      const now = nowMs();
      const known = buckets.get(client);
      const filled = known === undefined ? burst : known.left + ((now - known.atMs) * perMinute) / 60_000;
      const left = Math.min(burst, filled);
      // To the end, so that the first are those that were not seen for longest.
      buckets.delete(client);
      buckets.set(client, { left: left >= 1 ? left - 1 : left, atMs: now });
      if (buckets.size > maxClients) for (const oldest of buckets.keys()) return buckets.delete(oldest) && left >= 1;
      return left >= 1;
    },
  };
}
