import { Hono } from 'hono';
import { type FontAddress, parseFontPath } from '../../font-service/font-url.ts';
import { answerConditionally, etagOf, type Representation } from '../conditional-get.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { CACHE_CONTROL } from '../policies.ts';
import { answerNotFound } from '../problems.ts';

/** `GET /font/…`: base files, slices and deltas; the path is the key of every cache, and nothing else is read. */
export function createFontRoutes({ library, edgeCache, sha256, reportFailure }: Dependencies): Hono<AppEnv> {
  async function stored(key: string): Promise<Representation | undefined> {
    // A cache that fails is one that holds nothing.
    const response = await edgeCache.match(key).catch(reportFailure);
    if (!response) return undefined;
    const headers = { 'Content-Type': FONT_TYPE, ETag: response.headers.get('ETag') ?? '' };
    return { bytes: new Uint8Array(await response.arrayBuffer()), headers };
  }

  async function made(address: FontAddress): Promise<Representation | undefined> {
    const bytes = await library.font(address);
    return bytes && { bytes, headers: { 'Content-Type': FONT_TYPE, ETag: await etagOf(bytes, sha256) } };
  }

  async function explainMissing({ face, build }: FontAddress): Promise<string> {
    const current = (await library.faces()).find((summary) => summary.face === face);
    if (current === undefined) return `There is no face ${face}; /v1/families lists those that are served.`;
    if (current.build === build)
      return `The build ${build} of ${face} has no such file; its stylesheet names those it has.`;
    return `There is no build ${build} of ${face}; the current one is ${current.build}.`;
  }

  return new Hono<AppEnv>().get('/font/*', async (c) => {
    // As it was sent: `c.req.path` undoes %-encoding, and one file has one path.
    const { origin, pathname } = new URL(c.req.url);
    const address = parseFontPath(pathname);
    const key = origin + pathname;
    const found = await stored(key);
    const font = found ?? (await made(address));
    if (font === undefined) {
      return answerNotFound(c, await explainMissing(address));
    }
    if (found === undefined) {
      const headers = { ...font.headers, 'Cache-Control': CACHE_CONTROL.immutable };
      c.executionCtx.waitUntil(edgeCache.put(key, new Response(font.bytes, { headers })).catch(reportFailure));
    }
    c.set('cachePolicy', 'immutable');
    const timing = { 'Server-Timing': `edge;desc=${found === undefined ? 'made' : 'stored'}` };
    return answerConditionally(c.req.raw, { bytes: font.bytes, headers: { ...font.headers, ...timing } });
  });
}

const FONT_TYPE = 'font/woff2';
