import { type Context, Hono } from 'hono';
import { answerConditionally, etagOf } from '../conditional-get.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { BRIDGE_PATH } from '../policies.ts';
import { answerNotFound } from '../problems.ts';

/**
 * `GET /sw.js` and other scripts, and the bridge of `navigator.connect()` at its well-known path: as the build leaves them
 * among the static files.
 */
export function createScriptRoutes({ assets, sha256 }: Dependencies): Hono<AppEnv> {
  const serve = async (c: Context<AppEnv>, file: string, contentType: string) => {
    const asset = await assets.fetch(new URL(file, c.req.url).href);
    if (asset.status !== 200) return answerNotFound(c, `There is no script ${c.req.path}.`);
    const bytes = new Uint8Array(await asset.arrayBuffer());
    c.set('cachePolicy', 'script');
    const headers = { 'Content-Type': `${contentType}; charset=utf-8`, ETag: await etagOf(bytes, sha256) };
    return answerConditionally(c.req.raw, { bytes, headers });
  };
  return new Hono<AppEnv>()
    .get('/:script{[a-z-]+\\.js}', (c) => serve(c, c.req.path, 'text/javascript'))
    .get(BRIDGE_PATH, (c) => serve(c, '/bridge.html', 'text/html'));
}
