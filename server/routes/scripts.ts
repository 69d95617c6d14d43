import { type Context, Hono } from 'hono';
import { answerConditionally, type Representation } from '../conditional-get.ts';
import { encodeText, encodingFor } from '../encoded-text.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { BRIDGE_PATH } from '../policies.ts';
import { answerNotFound } from '../problems.ts';
import { createLruCache } from '../stores/lru-cache.ts';

const HELD_SCRIPTS_BYTES = 1024 * 1024;
/** What pages and the hub load, which must be there without a network; a worker's script is always asked for anew. */
const KEPT_SCRIPTS: readonly string[] = ['/typecase.js', '/hub.js', '/connect.js'];

/**
 * `GET /sw.js` and other scripts, and the bridge of `navigator.connect()` at its well-known path: as the build leaves them
 * among the static files.
 */
export function createScriptRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const { assets, keepAlive } = dependencies;
  const held = createLruCache<Representation>(HELD_SCRIPTS_BYTES, ({ bytes }) => bytes.length, keepAlive);

  const serve = async (c: Context<AppEnv>, file: string, contentType: string) => {
    const encoding = encodingFor(c.req.raw);
    const script = await held.get(`${encoding} ${file}`, async () => {
      const asset = await assets.fetch(new URL(file, c.req.url).href);
      if (asset.status !== 200) return undefined;
      return encodeText(new Uint8Array(await asset.arrayBuffer()), contentType, encoding, dependencies);
    });
    if (script === undefined) return answerNotFound(c, `There is no script ${c.req.path}.`);
    c.set('cachePolicy', KEPT_SCRIPTS.includes(file) ? 'embedded' : 'script');
    return answerConditionally(c.req.raw, script);
  };
  return new Hono<AppEnv>()
    .get('/:script{[a-z-]+\\.js}', (c) => serve(c, c.req.path, 'text/javascript'))
    .get(BRIDGE_PATH, (c) => serve(c, '/fonts-bridge.html', 'text/html'));
}
