/** What workers of this origin leave for its bridges and for their own next life, as JSON in a cache. */
const CACHE_NAME = 'navigator-connect';

/** Where the fall-through rules of a scope's worker are: of the active one, or of the one that waits. */
export function ruleKey(scope: string, isWaiting = false): string {
  return `/.navigator-connect/${isWaiting ? 'waiting' : 'rules'}?${scope}`;
}

/** Where a service worker notes the origins that handle requests of others. */
export const SERVICES_KEY = '/.navigator-connect/services';

/** Reads a list; empty where there is none. */
export async function readList<Item>(key: string): Promise<readonly Item[]> {
  const cache = await caches.open(CACHE_NAME);
  const found = await cache.match(key);
  return found ? found.json() : [];
}

/** Writes a list. */
export async function writeList(key: string, list: readonly unknown[]): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  await cache.put(key, Response.json(list));
}
