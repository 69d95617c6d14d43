import { parseFontKey } from './font-key.ts';

/**
 * How a request of the font origin is answered: a font file from the store first; a stylesheet, or what pages load to get
 * at their fonts, from the store while it is fetched anew.
 */
export type StrategyName = 'font' | 'stylesheet' | 'page';

/** The bridge, which pages of other sites frame, and the hub that it may have to run itself. */
export const BRIDGE_FILES = ['/.well-known/navigator-connect', '/hub.js'] as const;

const PAGE_FILES: readonly string[] = [
  ...BRIDGE_FILES,
  '/typecase.js',
  '/connect.js',
  '/connect-worker.js',
  '/fall-through.js',
];

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
