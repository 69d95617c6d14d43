import { Hono } from 'hono';
import { TypecaseError } from '../../font-service/errors.ts';
import type { FaceMeta } from '../../font-service/pack/face-meta.ts';
import { formatStylesheet } from '../../font-service/stylesheet/format-stylesheet.ts';
import { matchFaces } from '../../font-service/stylesheet/match-faces.ts';
import { parseStylesheetQuery } from '../../font-service/stylesheet/parse-query.ts';
import { answerConditionally, etagOf, type Representation } from '../conditional-get.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import type { FaceSummary } from '../stores/face-store.ts';
import { createLruCache } from '../stores/lru-cache.ts';

const HELD_STYLESHEETS_BYTES = 4 * 1024 * 1024;

/** `GET /css2`: @font-face rules for what a page embeds, compatible with Google Fonts' CSS2. */
export function createStylesheetRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const { library, sha256, compressText, keepAlive } = dependencies;
  const held = createLruCache<Representation>(HELD_STYLESHEETS_BYTES, ({ bytes }) => bytes.length, keepAlive);

  async function describe({ face, build }: FaceSummary): Promise<FaceMeta> {
    const head = await library.head(face, build);
    if (head === undefined) throw new Error(`The store lists the build ${build} of ${face} but does not hold it.`);
    return head.meta;
  }

  async function represent(css: string, encoding: 'br' | 'identity'): Promise<Representation> {
    const plain = new Uint8Array(new TextEncoder().encode(css));
    const bytes = encoding === 'br' ? compressText(plain) : plain;
    const headers = {
      'Content-Type': 'text/css; charset=utf-8',
      Vary: 'Accept-Encoding',
      ETag: await etagOf(bytes, sha256),
    };
    return { bytes, headers: encoding === 'br' ? { ...headers, 'Content-Encoding': 'br' } : headers };
  }

  return new Hono<AppEnv>()
    .get('/css2', async (c) => {
      const { origin, search, searchParams } = new URL(c.req.url);
      const query = parseStylesheetQuery(searchParams);
      const faces = matchFaces(query.families, await library.faces());
      const encoding = acceptsBrotli(clientEncodings(c.req.raw)) ? 'br' : 'identity';
      const key = [encoding, ...faces.map(({ build }) => build), origin, search].join(' ');
      const sheet = await held.get(key, async () => {
        const described = await Promise.all(faces.map(describe));
        return represent(formatStylesheet(described, query, origin), encoding);
      });
      c.set('cachePolicy', 'stylesheet');
      return answerConditionally(c.req.raw, sheet as Representation);
    })
    .get('/css', () => {
      throw new TypecaseError('bad-query', 'The old API is not served\nWrite /css2?family=Noto+Sans+JP:wght@400;700');
    });
}

/** The platform puts its own `Accept-Encoding` in place of the client's, which it keeps beside the request. */
function clientEncodings(request: Request): string | undefined {
  const original = request.cf?.['clientAcceptEncoding'];
  return typeof original === 'string' ? original : undefined;
}

/** @see RFC 9110, section 12.5.3 */
function acceptsBrotli(header: string | undefined): boolean {
  return /(?:^|,)\s*br\s*(?:;\s*q=(?:1|0?\.\d*[1-9]\d*|1\.0*)\s*)?(?:,|$)/.test(header ?? '');
}
