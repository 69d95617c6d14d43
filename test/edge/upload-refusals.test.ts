import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  DIGEST_OFFSET,
  DIGESTED_FROM,
  MAX_PACK_BYTES,
  SECTION_TABLE_OFFSET,
} from '../../font-service/pack/pack-format.ts';
import { createR2FaceStore } from '../../server/stores/r2-face-store.ts';
import { ask } from './support/ask.ts';
import { createTestApp } from './support/create-test-app.ts';
import { providedPack } from './support/provided-pack.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { uploadOf } from './support/upload-pack.ts';

const PATH = '/v1/admin/faces/noto-sans-jp-400';
const pack = providedPack('smallPack');

type Problem = { readonly type: string; readonly title: string; readonly status: number; readonly detail: string };

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const problem = await response.json<Problem>();
  expect(problem).toMatchObject({ type: 'about:blank', status: response.status });
  return problem;
}

const appOverR2 = (adminToken: string | undefined = env.ADMIN_TOKEN) =>
  createTestApp(createR2FaceStore(env.FONTS), { adminToken });

/** Gives the chunks, and then fails. */
function breakingStream(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const chunk = left.shift();
      if (chunk === undefined) controller.error(new Error('the connection is gone'));
      else controller.enqueue(chunk);
    },
  });
}

describe('PUT /v1/admin/faces/{face} refuses', () => {
  afterEach(async () => {
    expect((await env.FONTS.list()).objects).toEqual([]);
    expect(await (await ask('/healthz')).json()).toEqual({ status: 'ok', faces: 0 });
    expect(await (await ask('/v1/families')).json()).toEqual({ families: [] });
  });

  it.each([
    ['no token', {}],
    ['another scheme', { Authorization: `Basic ${btoa('admin:token-of-the-tests')}` }],
    ['the token without a scheme', { Authorization: 'token-of-the-tests' }],
    ['a wrong token', { Authorization: 'Bearer token-of-the-test' }],
    ['the token with something behind it', { Authorization: 'Bearer token-of-the-tests x' }],
    ['an empty token', { Authorization: 'Bearer ' }],
  ])('%s with 401', async (_, headers: Record<string, string>) => {
    const response = await ask(PATH, { method: 'PUT', headers, body: pack });
    expect([response.status, response.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
    expect(await problemOf(response)).toMatchObject({ title: 'unauthorized' });
  });

  it.each([undefined, ''])('everything with 503 where ADMIN_TOKEN is %j', async (token) => {
    const app = createTestApp(createR2FaceStore(env.FONTS), { adminToken: token });
    for (const authorization of ['Bearer ', 'Bearer undefined', `Bearer ${env.ADMIN_TOKEN}`]) {
      const response = await app.ask(PATH, uploadOf(pack, { Authorization: authorization }));
      expect([response.status, (await problemOf(response)).title]).toEqual([503, 'uploads-off']);
    }
  });

  it('what claims to be too large with 413', async () => {
    const response = await appOverR2().ask(PATH, uploadOf(pack, { 'Content-Length': String(MAX_PACK_BYTES + 1) }));
    expect(response.status).toBe(413);
    expect((await problemOf(response)).detail).toContain(`${MAX_PACK_BYTES} bytes at most`);
  });

  it('what turns out too large with 413, and reads no further', async () => {
    const chunk = new Uint8Array(4 * 1024 * 1024);
    let sentBytes = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(chunk);
        sentBytes += chunk.length;
      },
    });
    const response = await appOverR2().ask(PATH, uploadOf(endless));
    expect([response.status, (await problemOf(response)).status]).toEqual([413, 413]);
    expect(sentBytes).toBeLessThanOrEqual(MAX_PACK_BYTES + 4 * chunk.length);
  });

  it('a pack that was cut off, anywhere, with 400', async () => {
    const cuts = [0, 1, DIGESTED_FROM, SECTION_TABLE_OFFSET, pack.length >> 1, pack.length - 1];
    for (const bytes of cuts) {
      const response = await ask(PATH, uploadOf(pack.slice(0, bytes)));
      expect([bytes, response.status, (await problemOf(response)).title]).toEqual([bytes, 400, 'bad-pack']);
    }
  });

  it('says of a pack cut off half-way how much of it came', async () => {
    const response = await ask(PATH, uploadOf(pack.slice(0, pack.length >> 1)));
    expect((await problemOf(response)).detail).toContain(`has ${pack.length >> 1} bytes, but the pack ${pack.length}`);
  });

  it('a pack with more behind it with 400', async () => {
    const longer = new Uint8Array(pack.length + 1);
    longer.set(pack);
    expect((await problemOf(await ask(PATH, uploadOf(longer)))).title).toBe('bad-pack');
  });

  it.each([
    ['of unknown length', {}],
    ['of stated length', { 'Content-Length': String(pack.length) }],
  ])(
    'a stream %s that breaks off half-way with 400, as no failure of ours',
    async (_, headers: Record<string, string>) => {
      const app = appOverR2();
      const response = await app.ask(PATH, uploadOf(breakingStream(pack.slice(0, pack.length >> 1)), headers));
      expect(app.failures).toEqual([]);
      expect([response.status, (await problemOf(response)).title]).toEqual([400, 'bad-pack']);
    },
  );

  it('a pack with any one bit flipped with 400', async () => {
    const bit = fc.record({ at: fc.nat(pack.length - 1), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(bit, async ({ at, bit }) => {
        const damaged = pack.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        const response = await ask(PATH, uploadOf(damaged));
        const { title, detail } = await problemOf(response);
        expect([response.status, title]).toEqual([400, 'bad-pack']);
        if (at >= SECTION_TABLE_OFFSET) expect(detail).toContain('its bytes do not have the SHA-256');
        expect((await env.FONTS.list()).objects).toEqual([]);
      }),
      {
        numRuns: 40,
        examples: [[{ at: 0, bit: 0 }], [{ at: 4, bit: 1 }], [{ at: DIGEST_OFFSET, bit: 7 }], [{ at: 40, bit: 3 }]],
      },
    );
  });

  it('a pack whose digest is right and whose content is not with 400', async () => {
    const response = await ask(PATH, uploadOf(await rewritePack(pack, { coverage: 3 })));
    expect([response.status, (await problemOf(response)).title]).toEqual([400, 'bad-pack']);
  });

  it('a pack of another face with 400, naming the right URL', async () => {
    const response = await ask('/v1/admin/faces/noto-sans-jp-700', uploadOf(pack));
    expect(response.status).toBe(400);
    expect((await problemOf(response)).detail).toContain('upload it to /v1/admin/faces/noto-sans-jp-400');
  });

  it.each([
    'noto',
    'Noto-Sans-JP-400',
    'noto-sans-jp-0400',
    '..%2f..%2fx-400',
    '%E5%85%A8-400',
    `${'a'.repeat(80)}-400`,
  ])('the face %s with 400', async (face) => {
    const response = await ask(`/v1/admin/faces/${face}`, uploadOf(pack));
    expect([response.status, (await problemOf(response)).title]).toEqual([400, 'bad-identifier']);
  });

  it('other methods', async () => {
    expect((await problemOf(await ask(PATH, { method: 'POST', body: pack }))).status).toBe(404);
  });
});
