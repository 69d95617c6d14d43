import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createLruCache } from '../../../server/stores/lru-cache.ts';

const sizeOf = (value: string) => value.length;
const forget = () => {};
const found = (value: string) => () => Promise.resolve(value);
const never = () => Promise.reject(new Error('It should be held.'));

describe('createLruCache', () => {
  it('loads a value once, and gives it from memory then', async () => {
    const cache = createLruCache(10, sizeOf, forget);
    const load = vi.fn(found('abc'));
    expect([await cache.get('a', load), await cache.get('a', load), load.mock.calls.length]).toEqual(['abc', 'abc', 1]);
    expect(cache.heldBytes()).toBe(3);
  });

  it('loads once for all who ask at the same time', async () => {
    const cache = createLruCache(10, sizeOf, forget);
    const load = vi.fn(found('abc'));
    expect(await Promise.all([cache.get('a', load), cache.get('a', load), cache.get('a', load)])).toHaveLength(3);
    expect(load).toHaveBeenCalledTimes(1);
    expect(cache.heldBytes()).toBe(3);
  });

  it('forgets the least recently used beyond its budget', async () => {
    const cache = createLruCache(6, sizeOf, forget);
    await cache.get('a', found('aa'));
    await cache.get('b', found('bb'));
    await cache.get('c', found('cc'));
    await cache.get('a', never);
    await cache.get('d', found('dd'));
    expect(cache.heldBytes()).toBe(6);
    expect(await cache.get('a', never)).toBe('aa');
    await expect(cache.get('b', never)).rejects.toThrow('It should be held.');
  });

  it('forgets as many as a large value takes the place of', async () => {
    const cache = createLruCache(6, sizeOf, forget);
    for (const key of ['a', 'b', 'c']) await cache.get(key, found(key.repeat(2)));
    await cache.get('d', found('ddddd'));
    expect(cache.heldBytes()).toBe(5);
  });

  it('gives out what is larger than the budget, without holding it or forgetting others for it', async () => {
    const cache = createLruCache(4, sizeOf, forget);
    await cache.get('a', found('aa'));
    expect(await cache.get('b', found('bbbbb'))).toBe('bbbbb');
    expect(cache.heldBytes()).toBe(2);
    expect(await cache.get('a', never)).toBe('aa');
  });

  it('does not remember that nothing was found', async () => {
    const cache = createLruCache<string>(4, sizeOf, forget);
    expect(await cache.get('a', () => Promise.resolve(undefined))).toBeUndefined();
    expect(await cache.get('a', found('aa'))).toBe('aa');
  });

  it('loads again after a load that failed', async () => {
    const cache = createLruCache(4, sizeOf, forget);
    await expect(cache.get('a', never)).rejects.toThrow();
    expect(await cache.get('a', found('aa'))).toBe('aa');
  });

  it('loads again after a load that threw at once', async () => {
    const cache = createLruCache<string>(4, sizeOf, forget);
    const throwing = () => {
      throw new Error('at once');
    };
    await expect(cache.get('a', throwing)).rejects.toThrow('at once');
    expect(await cache.get('a', found('aa'))).toBe('aa');
  });

  it('tells of every load once, and of none that fails as a failure', async () => {
    const works: Promise<unknown>[] = [];
    const cache = createLruCache<string>(4, sizeOf, (work) => works.push(work));
    await Promise.all([cache.get('a', found('aa')), cache.get('a', found('aa'))]);
    await cache.get('a', never);
    await cache.get('b', never).catch(() => undefined);
    expect(await Promise.all(works)).toEqual(['aa', undefined]);
  });

  it('never holds more than its budget, and always gives the value of the key', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'cc', 'ddd', 'eeeee', 'ffffffffff'), fc.boolean()));
    const property = fc.asyncProperty(fc.nat(12), steps, async (budget, asked) => {
      const cache = createLruCache(budget, sizeOf, forget);
      const pending: Promise<unknown>[] = [];
      for (const [key, waits] of asked) {
        const got = cache.get(key, found(key)).then((value) => expect(value).toBe(key));
        if (waits) await got;
        else pending.push(got);
        expect(cache.heldBytes()).toBeLessThanOrEqual(budget);
      }
      await Promise.all(pending);
      expect(cache.heldBytes()).toBeLessThanOrEqual(budget);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
