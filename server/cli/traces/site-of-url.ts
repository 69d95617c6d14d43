import { MAX_SITE_CHARACTERS } from './parse-trace-line.ts';

/** The host of an http(s) address, and what follows it without the fragment; undefined for anything else. */
export function siteAndPathOf(url: string): { readonly site: string; readonly path: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search } = new URL(url);
  if (!/^https?:$/.test(protocol) || host.length > MAX_SITE_CHARACTERS) return undefined;
  return { site: host, path: `${pathname}${search}` };
}
