import { Hono } from 'hono';
import { TypecaseError } from '../../font-service/errors.ts';
import { formatStylesheet } from '../../font-service/stylesheet/format-stylesheet.ts';
import { matchFaces } from '../../font-service/stylesheet/match-faces.ts';
import { parseStylesheetQuery } from '../../font-service/stylesheet/parse-query.ts';
import { answerConditionally, type Representation } from '../conditional-get.ts';
import { encodeText, encodingFor } from '../encoded-text.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import type { CurrentFace } from '../font-library.ts';
import type { FaceSummary } from '../stores/face-store.ts';
import { createLruCache } from '../stores/lru-cache.ts';

const HELD_STYLESHEETS_BYTES = 4 * 1024 * 1024;

/** `GET /css2`: @font-face rules for what a page embeds, compatible with Google Fonts' CSS2. */
export function createStylesheetRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const { library, keepAlive } = dependencies;
  const held = createLruCache<Representation>(HELD_STYLESHEETS_BYTES, ({ bytes }) => bytes.length, keepAlive);

  async function describe({ face, build }: FaceSummary): Promise<CurrentFace> {
    const current = await library.current(face, build);
    if (current === undefined) throw new Error(`The store lists the build ${build} of ${face} but does not hold it.`);
    return current;
  }

  return new Hono<AppEnv>()
    .get('/css2', async (c) => {
      const { origin, search, searchParams } = new URL(c.req.url);
      const query = parseStylesheetQuery(searchParams);
      const faces = await Promise.all(matchFaces(query.families, await library.faces()).map(describe));
      const encoding = encodingFor(c.req.raw);
      const key = [encoding, ...faces.flatMap(({ build, plan }) => [build, plan.id]), origin, search].join(' ');
      const sheet = await held.get(key, async () => {
        const css = new TextEncoder().encode(formatStylesheet(faces, query, origin));
        return encodeText(new Uint8Array(css), 'text/css', encoding, dependencies);
      });
      c.set('cachePolicy', 'embedded');
      return answerConditionally(c.req.raw, sheet as Representation);
    })
    .get('/css', () => {
      throw new TypecaseError('bad-query', 'The old API is not served\nWrite /css2?family=Noto+Sans+JP:wght@400;700');
    });
}
