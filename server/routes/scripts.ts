import { Hono } from 'hono';
import { answerConditionally, etagOf } from '../conditional-get.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { answerNotFound } from '../problems.ts';

/** `GET /sw.js`: the fonts worker, as the build leaves it among the static files. */
export function createScriptRoutes({ assets, sha256 }: Dependencies): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/:script{[a-z-]+\\.js}', async (c) => {
    const asset = await assets.fetch(new URL(c.req.path, c.req.url).href);
    if (asset.status !== 200) {
      return answerNotFound(c, `There is no script ${c.req.path}.`);
    }
    const bytes = new Uint8Array(await asset.arrayBuffer());
    c.set('cachePolicy', 'script');
    const headers = { 'Content-Type': 'text/javascript; charset=utf-8', ETag: await etagOf(bytes, sha256) };
    return answerConditionally(c.req.raw, { bytes, headers });
  });
}
