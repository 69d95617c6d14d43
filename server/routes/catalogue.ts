import { Hono } from 'hono';
import { parseFaceId, slugOf } from '../../font-service/identifiers.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { answerNotFound } from '../problems.ts';
import type { FaceSummary } from '../stores/face-store.ts';

/** `GET /v1/families`, `/v1/families/{slug}`, `/v1/faces/{face}/plan`: what is served, and how it is cut. */
export function createCatalogueRoutes({ library }: Dependencies): Hono<AppEnv> {
  async function describeFace(summary: FaceSummary) {
    const head = await library.head(summary.face, summary.build);
    const { copyright = '', licence = '', licenceUrl = '', version = '' } = head?.meta.notices ?? {};
    return {
      ...describe(summary),
      axes: summary.axes,
      version,
      licence: { copyright, text: licence, url: licenceUrl },
    };
  }

  return new Hono<AppEnv>()
    .get('/v1/families', async (c) => {
      const faces = await library.faces();
      const families = [...new Set(faces.map(({ family }) => family))];
      c.set('cachePolicy', 'catalogue');
      return c.json({
        families: families.map((family) => ({
          ...nameFamily(family, faces),
          faces: membersOf(family, faces).map(describe),
        })),
      });
    })
    .get('/v1/families/:slug', async (c) => {
      const faces = await library.faces();
      const family = faces.find((face) => slugOf(face.family) === c.req.param('slug'))?.family;
      if (family === undefined) {
        return answerNotFound(
          c,
          `There is no family ${c.req.param('slug')}; /v1/families lists those that are served.`,
        );
      }
      c.set('cachePolicy', 'catalogue');
      return c.json({
        ...nameFamily(family, faces),
        faces: await Promise.all(membersOf(family, faces).map(describeFace)),
      });
    })
    .get('/v1/faces/:face/plan', async (c) => {
      const face = parseFaceId(c.req.param('face'));
      const summary = (await library.faces()).find((candidate) => candidate.face === face);
      const current = summary && (await library.current(face, summary.build));
      if (current === undefined) {
        return answerNotFound(c, `There is no face ${face}; /v1/families lists those that are served.`);
      }
      const { build, plan, bases, source } = current;
      c.set('cachePolicy', 'catalogue');
      const { id, slices, deltas } = plan;
      return c.json({ version: 1, face, build, plan: id, source, bases, slices, deltas });
    });
}

function membersOf(family: string, faces: readonly FaceSummary[]): readonly FaceSummary[] {
  return faces.filter((face) => face.family === family);
}

function nameFamily(family: string, faces: readonly FaceSummary[]) {
  const languages = [...new Set(membersOf(family, faces).map(({ language }) => language))];
  return { family, slug: slugOf(family), languages };
}

function describe({ face, build, style, weight, language, coverage }: FaceSummary) {
  return { face, build, style, weight, language, coverage };
}
