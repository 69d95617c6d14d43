import { describe, expect, it } from 'vitest';
import { type FetchSettings, fetchPages } from '../../../../server/cli/traces/fetch-pages.ts';
import { MAX_PAGE_BYTES, type SourceOutcome } from '../../../../server/cli/traces/source-page.ts';

type Answer = (init: RequestInit) => Response | Promise<Response>;

/** A web of pages; what it does not know is 404. */
function createWeb(answers: Readonly<Record<string, Answer>>) {
  const asked: { readonly url: string; readonly headers: Headers }[] = [];
  let running = 0;
  let mostRunning = 0;
  const ask: typeof fetch = async (input, init = {}) => {
    const url = String(input);
    asked.push({ url, headers: new Headers(init.headers) });
    mostRunning = Math.max(mostRunning, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return answers[url]?.(init) ?? new Response('', { status: 404 });
  };
  return { ask, asked, mostRunning: () => mostRunning };
}

async function collect(
  web: ReturnType<typeof createWeb>,
  urls: readonly string[],
  bounds: Partial<FetchSettings> = {},
) {
  const outcomes: SourceOutcome[] = [];
  const settings = { fetch: web.ask, pauseMs: 0, pageTimeoutMs: 5_000, totalTimeoutMs: 60_000, ...bounds };
  await fetchPages(urls, undefined, (outcome) => outcomes.push(outcome), settings);
  return outcomes;
}

const page =
  (text: string | Uint8Array<ArrayBuffer>, type = 'text/html') =>
  () =>
    new Response(text, { headers: { 'content-type': type } });
const redirect = (location: string) => () => new Response(null, { status: 301, headers: { location } });
const A = 'https://a.example/';

describe('fetchPages', () => {
  it('gives pages by host and path, in their charset', async () => {
    const web = createWeb({ [`${A}b?c`]: page(Uint8Array.of(0xb0, 0xa1), 'text/html; charset=euc-kr') });
    expect(await collect(web, [`${A}b?c`])).toEqual([
      { kind: 'page', site: 'a.example', path: '/b?c', format: 'html', content: '가' },
    ]);
  });

  it('says who asks, and asks for two pages at a time at most', async () => {
    const urls = Array.from({ length: 9 }, (_, number) => `${A}${number}`);
    const web = createWeb({});
    await collect(web, urls);
    expect(web.asked).toHaveLength(9);
    expect(web.asked[0]?.headers.get('user-agent')).toMatch(/^Typecase-traces/);
    expect(web.mostRunning()).toBe(2);
  });

  it('asks for 250 pages of a host at most', async () => {
    const web = createWeb({});
    const outcomes = await collect(
      web,
      Array.from({ length: 300 }, (_, number) => `${A}${number}`),
    );
    expect(web.asked).toHaveLength(250);
    expect(outcomes.filter(({ kind }) => kind === 'dropped')).toHaveLength(300);
  });

  it('follows redirects to hosts that addresses name, by the path asked for', async () => {
    const web = createWeb({ [A]: redirect('https://www.a.example/'), 'https://www.a.example/': page('活') });
    const outcomes = await collect(web, [A, 'https://www.a.example/']);
    expect(outcomes.map((outcome) => outcome.kind === 'page' && outcome.site)).toEqual(
      expect.arrayContaining(['a.example', 'www.a.example']),
    );
  });

  it.each([
    ['to another host', redirect('https://b.example/'), 'redirected to another host'],
    ['to a file', redirect('file:///etc/passwd'), 'redirected to another host'],
    ['for ever', redirect(A), 'redirected more than 5 times'],
    ['nowhere', redirect('http://['), 'redirected to what is no address'],
  ])('follows no redirect %s', async (_, answer, reason) => {
    const web = createWeb({ [A]: answer });
    expect(await collect(web, [A])).toEqual([{ kind: 'dropped', reason }]);
    expect(web.asked.every(({ url }) => url === A)).toBe(true);
  });

  it.each([
    ['another type', page('a', 'application/pdf'), 'not HTML'],
    ['another status', () => new Response('', { status: 500 }), 'answered with status 500'],
    ['a page that is too large', page(new Uint8Array(MAX_PAGE_BYTES + 1)), 'larger than 5 MB'],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), 'not reached (the connection failed)'],
  ])('drops %s', async (_, answer, reason) => {
    expect(await collect(createWeb({ [A]: answer }), [A])).toEqual([{ kind: 'dropped', reason }]);
  });

  it('waits for a page no longer than it may', async () => {
    const never: Answer = ({ signal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const outcomes = await collect(createWeb({ [A]: never }), [A], { pageTimeoutMs: 20 });
    expect(outcomes).toEqual([{ kind: 'dropped', reason: 'not answered in time' }]);
  });

  it('begins no page after its time', async () => {
    const web = createWeb({});
    expect(await collect(web, [A], { totalTimeoutMs: -1 })).toMatchObject([
      { reason: 'not reached in the time there is' },
    ]);
    expect(web.asked).toEqual([]);
  });
});
