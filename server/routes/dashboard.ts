import { Hono } from 'hono';
import { unionOf } from '../../font-service/codepoints/codepoint-set.ts';
import { parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { answerConditionally, type Representation } from '../conditional-get.ts';
import { drawCase } from '../dashboard/draw-case.ts';
import { renderDashboard } from '../dashboard/render-dashboard.ts';
import type { FaceView } from '../dashboard/render-face.ts';
import { encodeText, encodingFor, type TextEncoding } from '../encoded-text.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { answerNotFound } from '../problems.ts';
import { createStats, type FaceFigures, type Stats } from '../stats.ts';
import { createLruCache } from '../stores/lru-cache.ts';

/** Faces on one page; the others have pages of their own, `/dashboard?face={face}`. */
const MAX_FACES = 12;
const HELD_PAGES_BYTES = 2 * 1024 * 1024;

/** `GET /dashboard`: what `/v1/stats` says, and pictures of what is used of each face, to look at. */
export function createDashboardRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const { library, ledgers, sha256, deflate, reportFailure, keepAlive } = dependencies;
  const stats = createStats(dependencies);
  const held = createLruCache<Representation>(HELD_PAGES_BYTES, ({ bytes }) => bytes.length, keepAlive);

  async function viewOf(figures: FaceFigures, number: number): Promise<FaceView> {
    const { face, build } = figures;
    const unanswered = (error: Error) => void reportFailure(error);
    const picture = figures.usage && (await ledgers.picture(face).catch(unanswered));
    const head = picture?.build === build ? await library.head(face, build) : undefined;
    if (!picture || head === undefined) return { figures, compartments: [] };
    const codepoints = unionOf(...parseDeltaPlan(head.meta.plan.deltas).tiers);
    const compartments = drawCase(codepoints, picture.levels, deflate);
    return { figures, compartments: compartments.map((drawn, index) => ({ ...drawn, id: `case-${number}-${index}` })) };
  }

  async function render(all: Stats, wanted: readonly FaceFigures[], encoding: TextEncoding): Promise<Representation> {
    const views = await Promise.all(wanted.map(viewOf));
    const { page, style } = await renderDashboard(all, views);
    const digest = await sha256(new Uint8Array(new TextEncoder().encode(style)));
    const policy = policyOf(btoa(String.fromCharCode(...digest)));
    const text = new Uint8Array(new TextEncoder().encode(page));
    const { bytes, headers } = await encodeText(text, 'text/html', encoding, dependencies);
    return { bytes, headers: { ...headers, 'Content-Security-Policy': policy } };
  }

  return new Hono<AppEnv>().get('/dashboard', async (c) => {
    const all = await stats();
    const face = c.req.query('face');
    const wanted = all.faces.filter((figures) => face === undefined || figures.face === face).slice(0, MAX_FACES);
    if (face !== undefined && wanted.length === 0)
      return answerNotFound(c, `There is no face ${face}; /v1/families lists those that are served.`);
    const encoding = encodingFor(c.req.raw);
    const page = await held.get([encoding, all.atMs, face].join(' '), () => render(all, wanted, encoding));
    c.set('cachePolicy', 'figures');
    return answerConditionally(c.req.raw, page as Representation);
  });
}

function policyOf(styleHash: string): string {
  return `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
