const CACHE_NAME = 'tally-page';

/** What the tally's page needs without network; the bridge is for connections, the page's own included. */
export const shellPaths: readonly string[] = [
  '/',
  '/style.css',
  '/live.css',
  '/page.js',
  '/icon.svg',
  '/connect.js',
  '/.well-known/navigator-connect',
];

/** Stores the page's files; rejects, and nothing is stored, where one of them cannot be had. */
export async function storeShell(): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  await cache.addAll(shellPaths);
}

/** Answers from the network, and from the cache where that fails. */
export async function answerFromShell(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE_NAME);
  try {
    const response = await fetch(request);
    if (response.status === 200) await cache.put(new URL(request.url).pathname, response.clone());
    return response;
  } catch {
    return (await cache.match(new URL(request.url).pathname)) ?? Response.error();
  }
}
