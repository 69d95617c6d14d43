import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { faceIdOf } from '../../font-service/identifiers.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { ask } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { codepointsOfWoff2 } from './support/read-woff2.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { uploadPack } from './support/upload-pack.ts';

const FACE = 'noto-sans-jp-400';
const first = providedPack('smallPack');
const later = providedPack('laterPack');
const [{ meta: firstMeta }, { meta: laterMeta }] = [readPack(first), readPack(later)];

const get = async (path: string) => {
  const response = await ask(path);
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
};

describe('GET /healthz', () => {
  it('counts no face before the first upload', async () => {
    expect(await (await ask('/healthz')).json()).toEqual({ status: 'ok', faces: 0 });
  });
});

describe('PUT /v1/admin/faces/{face}', () => {
  let answer: Response;
  beforeAll(async () => {
    answer = await uploadPack(first);
  });

  it('answers 201 with the build for a new face', async () => {
    expect(answer.status).toBe(201);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.json()).toEqual({ face: FACE, build: firstMeta.build, replaced: null });
  });

  it('stores the pack as it came, and one object that lists it', async () => {
    const { objects } = await env.FONTS.list();
    expect(objects.map(({ key }) => key)).toEqual([`faces/${FACE}.json`, `packs/${FACE}/${firstMeta.build}.pack`]);
    const stored = await env.FONTS.get(`packs/${FACE}/${firstMeta.build}.pack`);
    expect(new Uint8Array((await stored?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(first);
  });

  it('shows the face everywhere at once', async () => {
    expect(await (await ask('/healthz')).json()).toEqual({ status: 'ok', faces: 1 });
    expect(await (await ask('/v1/families')).text()).toContain(firstMeta.build);
    expect(await (await ask('/css2?family=Noto+Sans+JP')).text()).toContain(`/font/${FACE}/${firstMeta.build}/base-0.`);
    expect((await get(`/font/${FACE}/${firstMeta.build}/base-0.woff2`)).status).toBe(200);
    expect((await get(`/font/${FACE}/${firstMeta.build}/d/${formatSet(codepointSetOfText('一'))}.woff2`)).status).toBe(
      200,
    );
  });

  it('answers 200 to the same pack once more', async () => {
    const again = await uploadPack(first);
    expect([again.status, await again.json()]).toEqual([
      200,
      { face: FACE, build: firstMeta.build, replaced: firstMeta.build },
    ]);
  });

  it('answers 409 to another family whose name is spelled the same in URLs', async () => {
    const answer = await uploadPack(await rewritePack(first, { family: 'Noto-Sans JP', build: '0123456789' }));
    expect(answer.status).toBe(409);
    expect(((await answer.json()) as { detail: string }).detail).toContain('is a face of Noto Sans JP');
  });

  it('keeps a name beyond ASCII through the store', async () => {
    const family = '源ノ角ゴシック & 𠮟';
    expect(
      (
        await uploadPack(
          await rewritePack(first, { family, face: faceIdOf(family, 400, 'normal'), build: '0123456789' }),
        )
      ).status,
    ).toBe(201);
    const { families } = await (await ask('/v1/families')).json<{ families: readonly { family: string }[] }>();
    expect(families.map((listed) => listed.family)).toContain(family);
    expect((await ask(`/css2?family=${encodeURIComponent(family)}`)).status).toBe(200);
  });
});

describe('PUT of a later build', () => {
  const delta = `d/${formatSet(codepointSetOfText('一丁七中主久'))}.woff2`;
  const paths = ['base-0.woff2', 'base-0v.woff2', `s/${firstMeta.plan.id}/0.woff2`, delta];
  const unasked = `d/${formatSet(codepointSetOfText('佐体何'))}.woff2`;
  const pathTo = (build: string, name: string) => `/font/${FACE}/${build}/${name}`;

  it('takes the place of the first, whose files stay as they were', async () => {
    const before = await Promise.all(paths.map((name) => get(pathTo(firstMeta.build, name))));
    expect(before.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const answer = await uploadPack(later);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { face: FACE, build: laterMeta.build, replaced: firstMeta.build },
    ]);
    expect(await Promise.all(paths.map((name) => get(pathTo(firstMeta.build, name))))).toEqual(before);
  });

  it('leaves files of the first build to be made that nobody has asked for before', async () => {
    const { status, bytes } = await get(pathTo(firstMeta.build, unasked));
    expect([status, codepointsOfWoff2(bytes)]).toEqual([200, [...codepointSetOfText('佐体何')]]);
  });

  it('names the later build in stylesheets and listings alone', async () => {
    for (const path of ['/css2?family=Noto+Sans+JP', '/v1/families', `/v1/faces/${FACE}/plan`]) {
      const text = await (await ask(path)).text();
      expect([path, text.includes(laterMeta.build), text.includes(firstMeta.build)]).toEqual([path, true, false]);
    }
  });

  it('is named by the 404 of a build that never was', async () => {
    const response = await ask(pathTo('0000000000', 'base-0.woff2'));
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(
      `There is no build 0000000000 of ${FACE}; the current one is ${laterMeta.build}.`,
    );
  });
});
