import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSizeCache } from '../../bench/replay/size-cache.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'typecase-sizes-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a cache of sizes', () => {
  it('makes what is asked for once, also for who asks at the same time', async () => {
    let made = 0;
    const cache = createSizeCache();
    const make = async () => ++made;
    expect(await Promise.all([cache.sizeOf(['a'], make), cache.sizeOf(['a'], make)])).toEqual([1, 1]);
    expect(await cache.sizeOf(['b'], make)).toBe(2);
  });

  it('tells ingredients apart by their bounds', async () => {
    const cache = createSizeCache();
    await cache.sizeOf(['a', 'bc'], async () => 1);
    expect(await cache.sizeOf(['ab', 'c'], async () => 2)).toBe(2);
  });

  it('keeps sizes in its file for the next', async () => {
    const path = join(folder, 'deep', 'sizes.txt');
    await createSizeCache(path).sizeOf(['a'], async () => 123);
    expect(await createSizeCache(path).sizeOf(['a'], () => Promise.reject(new Error('made again')))).toBe(123);
  });

  it('makes anew what a line that was cut off has lost', async () => {
    const path = join(folder, 'sizes.txt');
    await createSizeCache(path).sizeOf(['a'], async () => 123);
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 20));
    expect(await createSizeCache(path).sizeOf(['a'], async () => 45)).toBe(45);
  });
});
