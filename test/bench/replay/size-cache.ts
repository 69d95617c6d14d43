import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Sizes of files that have been made before, in bytes, by what they were made of. */
export interface SizeCache {
  /** The size of what `make` makes of the ingredients; it is made only once. */
  sizeOf(ingredients: readonly string[], make: () => Promise<number>): Promise<number>;
}

/**
 * Creates a cache that a file keeps from one run to the next: a digest and a size a line, each appended at one go, so that
 * several processes can share it. Without a path it lasts as long as the process.
 */
export function createSizeCache(path?: string): SizeCache {
  const sizes = new Map<string, Promise<number>>();
  if (path !== undefined && existsSync(path)) {
    for (const [, key = '', size] of readFileSync(path, 'utf8').matchAll(/^([\w-]{27}) (\d+)$/gm))
      sizes.set(key, Promise.resolve(Number(size)));
  }
  if (path !== undefined) mkdirSync(dirname(path), { recursive: true });
  return {
    sizeOf: (ingredients, make) => {
      const key = createHash('sha1').update(ingredients.join('\0')).digest('base64url');
      const known = sizes.get(key);
      if (known !== undefined) return known;
      const making = make().then((size) => {
        if (path !== undefined) appendFileSync(path, `${key} ${size}\n`);
        return size;
      });
      sizes.set(key, making);
      return making;
    },
  };
}
