import type { Dependencies } from '../../../server/environment.ts';

/** A cache in memory that notes its calls: `match {url}` and `put {url}`. */
export type MemoryCache = Dependencies['edgeCache'] & { readonly calls: string[] };

/** Creates an empty cache. */
export function createMemoryCache(): MemoryCache {
  const calls: string[] = [];
  const held = new Map<string, Response>();
  const urlOf = (key: RequestInfo | URL) => (key instanceof Request ? key.url : String(key));
  return {
    calls,
    match: async (key) => {
      calls.push(`match ${urlOf(key)}`);
      return held.get(urlOf(key))?.clone();
    },
    put: async (key, response) => {
      calls.push(`put ${urlOf(key)}`);
      held.set(urlOf(key), new Response(await response.arrayBuffer(), response));
    },
  };
}
