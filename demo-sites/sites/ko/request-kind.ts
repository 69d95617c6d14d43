/** What this site's worker answers: a page, newest first, or an asset of a page, fastest first. */
export type RequestKind = 'page' | 'asset';

const assetPath = /\.(css|js|json|svg)$/;

/** Tells what a request is for; undefined where this site's worker leaves it alone, as it does with all other origins'. */
export function requestKindOf(
  { method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>,
  origin: string,
): RequestKind | undefined {
  const target = new URL(url);
  if (method !== 'GET' || target.origin !== origin) return undefined;
  if (mode === 'navigate') return 'page';
  return assetPath.test(target.pathname) ? 'asset' : undefined;
}
