/** How a request is answered: a font file from the store first, a stylesheet from the store while it is fetched anew. */
export type StrategyName = 'font' | 'stylesheet';

/** Chooses how a request of the font origin is answered; undefined leaves it to the network. */
export function strategyFor(method: string, url: URL, origin: string): StrategyName | undefined {
  if (method !== 'GET' || url.origin !== origin) return undefined;
  if (url.pathname.startsWith('/font/')) return 'font';
  return url.pathname === '/css2' ? 'stylesheet' : undefined;
}
