import { createHash } from 'node:crypto';
import { groupBy } from '../group-by.ts';
import { MAX_PAGES_A_SITE } from './collect-pages.ts';
import { decodePage } from './decode-page.ts';
import { readBoundedBody } from './read-bounded-body.ts';
import { siteAndPathOf } from './site-of-url.ts';
import { type SourceOutcome, type TakeOutcome, TOO_LARGE } from './source-page.ts';

const CONCURRENT_REQUESTS = 2;
const MAX_REDIRECTS = 5;
const HEADERS = {
  accept: 'text/html,application/xhtml+xml',
  'user-agent': 'Typecase-traces/1 (npm run traces: counts the characters of pages for their operator)',
};

/** Bounds of fetching, and how it is done. */
export type FetchSettings = {
  readonly fetch: typeof fetch;
  /** Rests so long after every page. */
  readonly pauseMs: number;
  readonly pageTimeoutMs: number;
  /** No page is begun later than this. */
  readonly totalTimeoutMs: number;
};

/** Two requests at a time, some eight pages a second at most; ten minutes in all. */
const POLITE: FetchSettings = { fetch, pauseMs: 250, pageTimeoutMs: 20_000, totalTimeoutMs: 600_000 };

/**
 * Fetches pages politely: two at a time with pauses, at most 250 of a host, none of a host that no address names, no
 * redirects to such.
 * @param urls http(s) addresses.
 */
export async function fetchPages(
  urls: readonly string[],
  site: string | undefined,
  take: TakeOutcome,
  settings: FetchSettings = POLITE,
): Promise<void> {
  const hosts = new Set(urls.map((url) => new URL(url).host));
  const queue = [...groupBy(urls, (url) => new URL(url).host).values()].flatMap(sampleUrls);
  for (let left = urls.length - queue.length; left > 0; left--)
    take({ kind: 'dropped', reason: `more than ${MAX_PAGES_A_SITE} pages of the site` });
  const endsAtMs = performance.now() + settings.totalTimeoutMs;
  const work = async () => {
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      if (performance.now() > endsAtMs) take({ kind: 'dropped', reason: 'not reached in the time there is' });
      else take(await fetchPage(url, site, hosts, settings));
      await new Promise((resolve) => setTimeout(resolve, settings.pauseMs));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, work));
}

function sampleUrls(urls: readonly string[]): readonly string[] {
  if (urls.length <= MAX_PAGES_A_SITE) return urls;
  const hashOf = (url: string) =>
    createHash('sha1')
      .update(siteAndPathOf(url)?.path ?? '')
      .digest('hex');
  const chosen = [...urls].sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1)).slice(0, MAX_PAGES_A_SITE);
  return urls.filter((url) => chosen.includes(url));
}

async function fetchPage(
  url: string,
  site: string | undefined,
  hosts: ReadonlySet<string>,
  settings: FetchSettings,
): Promise<SourceOutcome> {
  const signal = AbortSignal.timeout(settings.pageTimeoutMs);
  try {
    let at = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await settings.fetch(at, { headers: HEADERS, redirect: 'manual', signal });
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) return await readPage(response, url, site);
      await response.body?.cancel();
      if (!URL.canParse(location, at)) return dropped('redirected to what is no address');
      at = new URL(location, at).href;
      if (siteAndPathOf(at) === undefined || !hosts.has(new URL(at).host)) return dropped('redirected to another host');
    }
    return dropped(`redirected more than ${MAX_REDIRECTS} times`);
  } catch (error) {
    return dropped(signal.aborted ? 'not answered in time' : `not reached (${reasonOf(error)})`);
  }
}

async function readPage(response: Response, url: string, site: string | undefined): Promise<SourceOutcome> {
  const type = response.headers.get('content-type') ?? '';
  const isHtml = /^(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
  if (response.status !== 200 || !isHtml) {
    await response.body?.cancel();
    return dropped(response.status === 200 ? 'not HTML' : `answered with status ${response.status}`);
  }
  const bytes = await readBoundedBody(response);
  const place = siteAndPathOf(url);
  if (bytes === undefined || place === undefined) return dropped(TOO_LARGE);
  return { kind: 'page', site: site ?? place.site, path: place.path, format: 'html', content: decodePage(bytes, type) };
}

function dropped(reason: string): SourceOutcome {
  return { kind: 'dropped', reason };
}

/** Node's fetch says “fetch failed”, and what failed in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}
