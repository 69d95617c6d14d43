import { Hono } from 'hono';
import { type FontAddress, parseFontPath } from '../../font-service/font-url.ts';
import { answerConditionally } from '../conditional-get.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { createFontAnswers } from '../font-answers.ts';
import { answerNotFound } from '../problems.ts';

/** How an answer came about, as `Server-Timing` tells it. */
const TIMINGS = { edge: 'stored', best: 'recompressed', made: 'made' } as const;

/** `GET /font/…`: base files, slices and deltas; the path is the key of every cache, and nothing else is read for the answer. */
export function createFontRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const { library, observer } = dependencies;
  const answers = createFontAnswers(dependencies);

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
    const found = await answers.find(origin + pathname, address);
    if (found === undefined) return answerNotFound(c, await explainMissing(address));
    const { font, source } = found;
    const timing = { 'Server-Timing': `edge;desc=${TIMINGS[source]}` };
    const answer = answerConditionally(c.req.raw, { bytes: font.bytes, headers: { ...font.headers, ...timing } });
    const bytes = answer.body === null ? 0 : Number(answer.headers.get('Content-Length'));
    observer.font(c.req.raw, { ...address, source, bytes });
    c.set('cachePolicy', 'immutable');
    return answer;
  });
}
