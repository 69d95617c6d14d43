import { parseFontKey } from './font-key.ts';
import { PAGE_FILES } from './page-files.ts';

/**
 * How a request of the font origin is answered: a font file from the store first; a stylesheet, or what pages load to get
 * at their fonts, from the store while it is fetched anew.
 */
export type StrategyName = 'font' | 'stylesheet' | 'page';

/** Chooses how a request of the font origin is answered; undefined leaves it to the network, as parts of files are. */
export function strategyFor(
  { method, headers }: Pick<Request, 'method' | 'headers'>,
  { origin, pathname, search }: URL,
  ownOrigin: string,
): StrategyName | undefined {
  if (method !== 'GET' || origin !== ownOrigin || headers.has('Range')) return undefined;
  if (pathname === '/css2') return 'stylesheet';
  if (PAGE_FILES.includes(pathname)) return 'page';
  return search === '' && parseFontKey(pathname) ? 'font' : undefined;
}
