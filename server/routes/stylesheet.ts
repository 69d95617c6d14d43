import { Hono } from 'hono';
import { TypecaseError } from '../../font-service/errors.ts';
import type { FaceMeta } from '../../font-service/pack/face-meta.ts';
import { formatStylesheet } from '../../font-service/stylesheet/format-stylesheet.ts';
import { matchFaces } from '../../font-service/stylesheet/match-faces.ts';
import { parseStylesheetQuery } from '../../font-service/stylesheet/parse-query.ts';
import { answerConditionally, type Representation } from '../conditional-get.ts';
import { encodeText, encodingFor } from '../encoded-text.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import type { FaceSummary } from '../stores/face-store.ts';
import { createLruCache } from '../stores/lru-cache.ts';

const HELD_STYLESHEETS_BYTES = 4 * 1024 * 1024;

/** `GET /css2`: @font-face rules for what a page embeds, compatible with Google Fonts' CSS2. */
export function createStylesheetRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const { library, keepAlive } = dependencies;
  const held = createLruCache<Representation>(HELD_STYLESHEETS_BYTES, ({ bytes }) => bytes.length, keepAlive);

  async function describe({ face, build }: FaceSummary): Promise<FaceMeta> {
    const head = await library.head(face, build);
    if (head === undefined) throw new Error(`The store lists the build ${build} of ${face} but does not hold it.`);
    return head.meta;
  }

  return new Hono<AppEnv>()
    .get('/css2', async (c) => {
      const { origin, search, searchParams } = new URL(c.req.url);
      const query = parseStylesheetQuery(searchParams);
      const faces = matchFaces(query.families, await library.faces());
      const encoding = encodingFor(c.req.raw);
      const key = [encoding, ...faces.map(({ build }) => build), origin, search].join(' ');
      const sheet = await held.get(key, async () => {
        const described = await Promise.all(faces.map(describe));
        const css = new TextEncoder().encode(formatStylesheet(described, query, origin));
        return encodeText(new Uint8Array(css), 'text/css', encoding, dependencies);
      });
      c.set('cachePolicy', 'embedded');
      return answerConditionally(c.req.raw, sheet as Representation);
    })
    .get('/css', () => {
      throw new TypecaseError('bad-query', 'The old API is not served\nWrite /css2?family=Noto+Sans+JP:wght@400;700');
    });
}
