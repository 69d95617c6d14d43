import { beforeAll, describe, expect, it } from 'vitest';
import { codepointSetOfText, intersectionOf } from '../../font-service/codepoints/codepoint-set.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { type AskInit, ask, ORIGIN } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { readPlans, readStylesheet, winningsOf } from './support/read-stylesheet.ts';
import { codepointsOfWoff2 } from './support/read-woff2.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { uploadPack } from './support/upload-pack.ts';

const small = providedPack('smallPack');
const later = providedPack('laterPack');
const { meta, codepoints } = readPack(later);
const wght = [{ tag: 'wght', min: 100, max: 900 }];
const packs = await Promise.all([
  later,
  rewritePack(small, { face: 'noto-sans-jp-700', weight: 700, build: '00000000b7' }),
  rewritePack(small, { face: 'noto-sans-jp-400-italic', style: 'italic', build: '00000000c4' }),
  ...[300, 400, 900].map((weight) =>
    rewritePack(small, {
      ...{
        family: 'Mincho Flex',
        face: `mincho-flex-${weight}`,
        build: `00000000d${weight / 100}`,
        weight,
        axes: wght,
      },
    }),
  ),
]);

const rulesOf = async (query: string) => {
  const response = await ask(`/css2?${query}`);
  expect([query, response.status]).toEqual([query, 200]);
  return readStylesheet(await response.text());
};
const stylesOf = async (query: string) => {
  const rules = await rulesOf(query);
  return [...new Set(rules.map(({ family, style, weight }) => `${family} ${style} ${weight}`))];
};

beforeAll(async () => {
  for (const pack of packs) expect((await uploadPack(pack)).status).toBe(201);
});

describe('GET /css2', () => {
  it.each([
    ['family=Noto+Sans+JP', ['Noto Sans JP normal 400']],
    ['family=Noto+Sans+JP:wght@400;700', ['Noto Sans JP normal 400', 'Noto Sans JP normal 700']],
    ['family=Noto+Sans+JP:wght@700', ['Noto Sans JP normal 700']],
    ['family=Noto%20Sans%20JP:ital@1', ['Noto Sans JP italic 400']],
    ['family=Noto+Sans+JP:ital,wght@0,700;1,400', ['Noto Sans JP italic 400', 'Noto Sans JP normal 700']],
    [
      'family=Mincho+Flex:wght@300..900',
      ['Mincho Flex normal 300', 'Mincho Flex normal 400', 'Mincho Flex normal 900'],
    ],
    ['family=Mincho+Flex:wght@350..500', ['Mincho Flex normal 400']],
    ['family=Mincho+Flex&family=Noto+Sans+JP:wght@700', ['Mincho Flex normal 400', 'Noto Sans JP normal 700']],
    ['family=Noto+Sans+JP&family=Noto+Sans+JP&subset=japanese&future=1', ['Noto Sans JP normal 400']],
  ])('%s gives %j', async (query, styles) => {
    expect(await stylesOf(query)).toEqual(styles);
  });

  it.each(['block', 'swap', 'fallback', 'optional'])('says font-display: %s in every rule', async (display) => {
    const rules = await rulesOf(`family=Noto+Sans+JP&display=${display}`);
    expect(new Set(rules.map((rule) => rule.display))).toEqual(new Set([display]));
  });

  it.each(['', '&display=auto'])('says nothing of font-display by default (%j)', async (display) => {
    expect((await rulesOf(`family=Noto+Sans+JP${display}`)).every((rule) => rule.display === undefined)).toBe(true);
  });

  it('names every file on the origin that it was asked on', async () => {
    const names = (await rulesOf('family=Noto+Sans+JP')).map(({ url }) =>
      url.slice(`${ORIGIN}/font/${meta.face}/`.length),
    );
    expect(names).toContain(`${meta.build}/base-0.woff2`);
    expect(names).toContain(`${meta.build}/s/${meta.plan.id}/0.woff2`);
    expect(names.length).toBe(meta.plan.slices.length + meta.bases.length);
  });

  it('names the scheme, host and port of another origin, also when the first stylesheet is held', async () => {
    const query = '/css2?family=Noto+Sans+JP';
    await (await ask(query)).text();
    const rules = readStylesheet(await (await ask(`https://other.example:8443${query}`)).text());
    expect(rules.every(({ url }) => url.startsWith('https://other.example:8443/font/'))).toBe(true);
  });

  it('leaves the slices out with delivery=delta', async () => {
    const files = (await rulesOf('family=Noto+Sans+JP&delivery=delta')).map(({ url }) => url.split('/').at(-1));
    expect(files).toEqual(meta.bases.map((_, number) => `base-${number}.woff2`).toReversed());
  });

  it('carries each plan of deltas once with delivery=delta, for all faces that have it, and else none', async () => {
    const plansOf = async (query: string) => readPlans(await (await ask(`/css2?${query}`)).text());
    const smallPlan = readPack(small).meta.plan.deltas;
    expect(await plansOf('family=Noto+Sans+JP:ital,wght@0,400;0,700;1,400&delivery=delta')).toEqual([
      { selector: 'noto-sans-jp-400-italic,noto-sans-jp-700', text: smallPlan },
      { selector: 'noto-sans-jp-400', text: meta.plan.deltas },
    ]);
    for (const more of ['', '&delivery=slices', '&delivery=delta&text=a']) {
      expect(await plansOf(`family=Noto+Sans+JP${more}`)).toEqual([]);
    }
  });

  it('takes the vertical bases with writing=vertical, and each is there', async () => {
    const urls = (await rulesOf('family=Noto+Sans+JP&delivery=delta&writing=vertical')).map(({ url }) => url);
    expect(urls.map((url) => url.split('/').at(-1))).toEqual(
      meta.bases.map((_, number) => `base-${number}v.woff2`).toReversed(),
    );
    for (const url of urls) expect((await ask(new URL(url).pathname)).status).toBe(200);
  });

  it.each(['一丁七ABC', '一一一', '한글 A', '\u{20b9f}'])(
    'gives with text=%s one file of exactly that',
    async (text) => {
      const rules = await rulesOf(`family=Noto+Sans+JP&text=${encodeURIComponent(text)}`);
      expect(rules.map(({ unicodeRange }) => unicodeRange)).toEqual([undefined]);
      const response = await ask(new URL(rules[0]?.url ?? '').pathname);
      const wanted = [...intersectionOf(codepointSetOfText(text), codepoints)];
      expect(codepointsOfWoff2(new Uint8Array(await response.arrayBuffer()))).toEqual(wanted);
    },
  );

  it.each(['', '&writing=vertical', '&display=swap'])(
    'covers exactly the codepoints of the face, each with a file that has it (%j)',
    async (more) => {
      const rules = await rulesOf(`family=Noto+Sans+JP${more}`);
      const winnings = winningsOf(rules);
      expect([...winnings.values()].flat().sort((a, b) => a - b)).toEqual([...codepoints]);
      for (const [url, won] of winnings) {
        const response = await ask(url.slice(ORIGIN.length));
        expect([url, response.status, response.headers.get('Content-Type')]).toEqual([url, 200, 'font/woff2']);
        expect(codepointsOfWoff2(new Uint8Array(await response.arrayBuffer()))).toEqual(won);
      }
    },
  );
});

describe('the answer of /css2', () => {
  const QUERY = '/css2?family=Noto+Sans+JP:wght@400;700';
  const askFrom = (clientAcceptEncoding: string | undefined, init: AskInit = {}) =>
    ask(QUERY, { ...init, ...(clientAcceptEncoding === undefined ? {} : { clientAcceptEncoding }) });

  it('has the headers of the design', async () => {
    const response = await ask(QUERY);
    await response.text();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Service-Worker-Script, Service-Worker-Scope, Server-Timing, ETag',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=604800',
      'content-type': 'text/css; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'server-timing': 'service-worker;desc="/sw.js"',
      'service-worker-scope': '/',
      'service-worker-script': '/sw.js',
      'timing-allow-origin': '*',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.has('Set-Cookie')).toBe(false);
  });

  it.each(['br', 'gzip, deflate, br, zstd', 'gzip, br;q=0.5', 'br;q=1.0'])(
    'is brotli for a client of “%s”',
    async (accepted) => {
      const response = await askFrom(accepted);
      expect(response.headers.get('Content-Encoding')).toBe('br');
      // Reading decodes it, as in a browser; the length is that of the bytes sent.
      const css = await response.text();
      expect(css).toBe(await (await askFrom('identity')).text());
      expect(Number(response.headers.get('Content-Length'))).toBeLessThan(css.length / 4);
    },
  );

  it.each([undefined, '', 'gzip', 'br;q=0', 'gzip, br;q=0.0', 'brx', 'x-br'])(
    'is plain for a client of “%s”',
    async (accepted) => {
      const response = await askFrom(accepted);
      expect(response.headers.get('Content-Encoding')).toBeNull();
      expect(readStylesheet(await response.text()).length).toBeGreaterThan(2);
    },
  );

  it('has an ETag for each encoding, and 304 for that of the same', async () => {
    const [plain, brotli] = [await askFrom('gzip'), await askFrom('br')];
    const [plainTag, brotliTag] = [plain.headers.get('ETag') ?? '', brotli.headers.get('ETag') ?? ''];
    expect(plainTag).not.toBe(brotliTag);
    const statusFor = async (encoding: string, tag: string) =>
      (await askFrom(encoding, { headers: { 'If-None-Match': tag } })).status;
    expect(await statusFor('gzip', plainTag)).toBe(304);
    expect(await statusFor('br', brotliTag)).toBe(304);
    expect(await statusFor('br', plainTag)).toBe(200);
  });

  it('to HEAD has the headers of GET and no body', async () => {
    const [get, head] = [await ask(QUERY), await ask(QUERY, { method: 'HEAD' })];
    expect(head.headers.get('Content-Length')).toBe(String((await get.arrayBuffer()).byteLength));
    expect(head.headers.get('ETag')).toBe(get.headers.get('ETag'));
    expect(await head.text()).toBe('');
  });
});

describe('/css2 refuses', () => {
  it.each([
    ['', 'Missing font family'],
    ['family=', 'Missing font family'],
    ['family=Nothing+Sans', 'Requested: Nothing Sans'],
    ['family=noto+sans+jp', 'Names are case-sensitive: did you mean Noto Sans JP?'],
    ['family=Noto+Sans+JP:wght@500', 'Available: 400, 400 italic, 700'],
    ['family=Noto+Sans+JP:wght@400..700', 'wght=[400.0,700.0]'],
    ['family=Noto+Sans+JP&family=Nothing', 'Requested: Nothing'],
    ['family=Noto+Sans+JP:wght@700;400', 'Tuples must be sorted'],
    ['family=Noto+Sans+JP&display=soon', 'is none of auto, block, swap, fallback, optional'],
    ['family=Noto+Sans+JP&delivery=post', 'is none of slices, delta'],
    ['family=Noto+Sans+JP&writing=sideways', 'is none of horizontal, vertical'],
  ])('%s with a page that says why', async (query, explanation) => {
    const response = await ask(`/css2?${query}`);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([400, 'no-store']);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=UTF-8');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    const page = await response.text();
    expect(page).toContain('<p>400: ');
    expect(page.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))).toContain(explanation);
  });

  it.each([
    'family=',
    'display=',
    'family=Noto+Sans+JP&display=',
    'family=Noto+Sans+JP:',
    'family=Noto+Sans+JP&writing=',
  ])('markup after %s, escaped', async (start) => {
    const response = await ask(`/css2?${start}${encodeURIComponent('<script>alert("1")</script>\'&')}`);
    const page = await response.text();
    expect(response.status).toBe(400);
    expect(page).not.toMatch(/<script|<\/script|"1"/i);
  });

  it('the old API, with a pointer to this one', async () => {
    const response = await ask('/css?family=Noto+Sans+JP:400,700');
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([400, 'no-store']);
    expect(await response.text()).toContain('/css2?family=Noto+Sans+JP:wght@400;700');
  });
});
