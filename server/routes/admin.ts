import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { TypecaseError } from '../../font-service/errors.ts';
import { parseFaceId } from '../../font-service/identifiers.ts';
import { checkPack } from '../../font-service/pack/check-pack.ts';
import { readPack, readPackExtent } from '../../font-service/pack/pack.ts';
import { DIGEST_OFFSET, DIGESTED_FROM, MAX_PACK_BYTES } from '../../font-service/pack/pack-format.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { requireToken } from '../middleware/require-token.ts';
import { answerProblem } from '../problems.ts';
import { readBody } from '../read-body.ts';
import type { FaceSummary } from '../stores/face-store.ts';
import { summaryOf } from '../stores/face-summary.ts';

/**
 * `PUT /v1/admin/faces/{face}`: takes a pack, whole or not at all.
 * `POST /v1/admin/tick`: has the ledgers do now what cron has them do: plan where that pays, publish, recompress.
 */
export function createAdminRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const { library, adminToken, sha256, ledgers, reportFailure } = dependencies;

  async function tick({ face }: FaceSummary) {
    try {
      await ledgers.tick(face);
      return { face, done: true };
    } catch (error) {
      reportFailure(error as Error);
      return { face, done: false };
    }
  }

  async function readUpload(bytes: Uint8Array<ArrayBuffer>) {
    const extent = readPackExtent(bytes);
    if (extent.fileBytes !== bytes.length) {
      throw new TypecaseError(
        'bad-pack',
        `The upload has ${bytes.length} bytes, but the pack ${extent.fileBytes}: it was cut off, or is longer than it says.`,
      );
    }
    const digest = await sha256(bytes.subarray(DIGESTED_FROM));
    const stated = bytes.subarray(DIGEST_OFFSET, DIGESTED_FROM);
    if (stated.some((byte, index) => byte !== digest[index])) {
      throw new TypecaseError(
        'bad-pack',
        'The pack is damaged: its bytes do not have the SHA-256 that its header states.',
      );
    }
    const pack = readPack(bytes);
    checkPack(pack, extent);
    return pack;
  }

  const routes = new Hono<AppEnv>();
  routes.post('/v1/admin/tick', requireToken(adminToken), async (c) =>
    c.json({ faces: await Promise.all((await library.faces()).map(tick)) }),
  );
  return routes.put('/v1/admin/faces/:face', requireToken(adminToken), async (c) => {
    const face = parseFaceId(c.req.param('face'));
    const bytes = await receivePack(c.req.raw);
    const { meta } = await readUpload(bytes);
    if (meta.face !== face)
      throw new TypecaseError(
        'bad-pack',
        `The pack is of the face ${meta.face}; upload it to /v1/admin/faces/${meta.face}.`,
      );
    const previous = (await library.faces()).find((summary) => summary.face === face);
    if (previous !== undefined && previous.family !== meta.family) {
      const detail = `${face} is a face of ${previous.family}; ingest ${meta.family} under a name that is spelled otherwise (--family).`;
      return answerProblem(c, { status: 409, title: 'conflict', detail });
    }
    await library.put(summaryOf(meta), bytes);
    return c.json({ face, build: meta.build, replaced: previous?.build ?? null }, previous === undefined ? 201 : 200);
  });
}

async function receivePack(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const body = await readBody(request, MAX_PACK_BYTES);
  if (body.state === 'whole') return body.bytes;
  if (body.state === 'broken-off')
    throw new TypecaseError('bad-pack', 'The upload broke off before its end; send the pack again.');
  throw new HTTPException(413, { message: `A pack may have ${MAX_PACK_BYTES} bytes at most.` });
}
