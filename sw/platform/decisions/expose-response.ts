/** A foreign worker's answer, as far as exposure goes; the last two are given beside the response. */
export type ForeignAnswer = {
  readonly type: string;
  readonly headers: Iterable<readonly [string, string]>;
  readonly origin?: string;
  readonly exposedHeaders?: readonly string[];
};

/** What becomes of it: the client gets it with these headers, or a network error, or the network's answer. */
export type Exposure =
  | { readonly verdict: 'answer'; readonly headers: readonly (readonly [string, string])[] }
  | { readonly verdict: 'error' | 'network' };

const SAFELISTED = ['cache-control', 'content-language', 'content-type', 'expires', 'last-modified', 'pragma'];

/**
 * Decides what of a foreign worker's answer a client may see.
 *
 * The worker exposes it by naming an origin beside the response, or by the response's own CORS headers. What is not
 * exposed is a network error to a CORS request; for others it is left to the network, as only that makes responses opaque.
 * @see the foreign-fetch text removed from the Service Workers specification in 2017, respondWith
 */
export function exposeResponse(answer: ForeignAnswer, requestMode: string, clientOrigin: string): Exposure {
  const { type, origin, exposedHeaders } = answer;
  const headers = [...answer.headers].map(([name, value]) => [name.toLowerCase(), value] as const);
  const read = (wanted: string) => headers.find(([name]) => name === wanted)?.[1] ?? '';
  const isNamed = (exposed = read('access-control-allow-origin')) => exposed === '*' || exposed === clientOrigin;
  if (type === 'error' || (exposedHeaders && !origin) || (origin && !isNamed(origin))) return { verdict: 'error' };
  if (type === 'opaqueredirect') return { verdict: 'network' };
  if (type === 'opaque' || !isNamed(origin)) return { verdict: requestMode === 'cors' ? 'error' : 'network' };
  const listed = exposedHeaders ?? read('access-control-expose-headers').split(',');
  const visible = [...SAFELISTED, ...listed.map((name) => name.trim().toLowerCase())];
  const isVisible = (name: string) =>
    !name.startsWith('set-cookie') && (visible.includes(name) || visible.includes('*'));
  return { verdict: 'answer', headers: headers.filter(([name]) => isVisible(name)) };
}
