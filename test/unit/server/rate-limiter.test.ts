import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../../server/rate-limiter.ts';

const LIMIT = { perMinute: 60, burst: 5, maxClients: 100 };

describe('createRateLimiter', () => {
  it('lets a client do its burst, then what time brings back', () => {
    let nowMs = 0;
    const limiter = createRateLimiter(LIMIT, () => nowMs);
    const takes = (times: number) => Array.from({ length: times }, () => limiter.take(7)).filter(Boolean).length;
    expect(takes(10)).toBe(5);
    nowMs = 2000;
    expect(takes(10)).toBe(2);
    nowMs = 600_000;
    expect(takes(10)).toBe(5);
  });

  it('never lets a client do more than its burst and what time brings', () => {
    const steps = fc.array(fc.record({ waitMs: fc.nat(5000), client: fc.nat(3) }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (asked) => {
        let nowMs = 0;
        const limiter = createRateLimiter(LIMIT, () => nowMs);
        const taken = [0, 0, 0, 0];
        for (const { waitMs, client } of asked) {
          nowMs += waitMs;
          if (limiter.take(client)) taken[client] = (taken[client] ?? 0) + 1;
        }
        for (const count of taken) expect(count).toBeLessThanOrEqual(LIMIT.burst + nowMs / 1000);
      }),
    );
  });

  it('forgets the clients that it has not seen for longest, and no others', () => {
    const limiter = createRateLimiter({ ...LIMIT, burst: 1, maxClients: 3 }, () => 0);
    for (const client of [1, 2, 3]) expect(limiter.take(client)).toBe(true);
    expect(limiter.take(1)).toBe(false);
    expect(limiter.take(4)).toBe(true);
    expect([limiter.take(1), limiter.take(3), limiter.take(4)]).toEqual([false, false, false]);
    expect(limiter.take(2)).toBe(true);
  });
});
