/** For a slow link; whatever takes longer is asked for anew. */
const DEADLINE_MS = 30_000;

/** Before the platform's client wraps it: what the page fetches itself must not wait for a worker. */
const native = fetch;

/**
 * Fetches without credentials and referrer; rejects for every answer but a good one, and at the deadline.
 *
 * `cache` is `reload` where what the browser has may be what was wrong.
 */
export async function request(url: string, cache: RequestCache = 'default'): Promise<Response> {
  const response = await native(url, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache,
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw response;
  return response;
}
