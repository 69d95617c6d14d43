import { beforeAll, describe, expect, it } from 'vitest';
import { differenceOf, unionOf } from '../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import { faceIdOf } from '../../font-service/identifiers.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { ask } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { uploadPack } from './support/upload-pack.ts';

const small = providedPack('smallPack');
const { meta, codepoints } = readPack(small);
const axes = [{ tag: 'wght', min: 200, max: 800 }];
const packs = await Promise.all([
  small,
  rewritePack(small, { face: 'noto-sans-jp-700', weight: 700, build: '00000000b7' }),
  rewritePack(small, {
    family: '명조 Flex',
    face: faceIdOf('명조 Flex', 400, 'normal'),
    build: '00000000d4',
    language: 'ko',
    axes,
  }),
]);
const regular = {
  ...{ face: 'noto-sans-jp-400', build: meta.build, style: 'normal', weight: 400, language: 'ja' },
  coverage: codepoints.length,
};
const bold = { ...regular, face: 'noto-sans-jp-700', build: '00000000b7', weight: 700 };
const flex = { ...regular, face: faceIdOf('명조 Flex', 400, 'normal'), build: '00000000d4', language: 'ko' };
const noto = { family: 'Noto Sans JP', slug: 'noto-sans-jp', languages: ['ja'] };

beforeAll(async () => {
  for (const pack of packs) expect((await uploadPack(pack)).status).toBe(201);
});

const readJson = async (path: string) => {
  const response = await ask(path);
  expect([path, response.status]).toEqual([path, 200]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=60, stale-while-revalidate=3600',
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
  });
  return response.json<Record<string, unknown>>();
};

describe('GET /v1/families', () => {
  it('lists families with their faces', async () => {
    const { families } = (await readJson('/v1/families')) as { families: readonly { slug: string }[] };
    const [first, other] = families;
    expect(first).toEqual({ ...noto, faces: [regular, bold] });
    expect(other).toMatchObject({ family: '명조 Flex', languages: ['ko'], faces: [flex] });
    expect(other?.slug).toMatch(/^[a-z0-9-]+flex$/);
    expect(families.length).toBe(2);
  });
});

describe('GET /v1/families/{slug}', () => {
  it('describes each face with its licence', async () => {
    const described = await readJson('/v1/families/noto-sans-jp');
    const notice = {
      axes: [],
      version: expect.stringMatching(/\d/),
      licence: {
        copyright: expect.stringContaining('Adobe'),
        text: expect.stringContaining('SIL Open Font License'),
        url: expect.stringMatching(/^https?:\/\//),
      },
    };
    expect(described).toEqual({
      ...noto,
      faces: [
        { ...regular, ...notice },
        { ...bold, ...notice },
      ],
    });
  });

  it('tells the axes of the font file, at the slug that the list names', async () => {
    const { families } = (await readJson('/v1/families')) as {
      families: readonly { slug: string; languages: string[] }[];
    };
    const slug = families.find(({ languages }) => languages.includes('ko'))?.slug;
    expect(await readJson(`/v1/families/${slug}`)).toMatchObject({ slug, faces: [{ ...flex, axes }] });
  });
});

describe('GET /v1/faces/{face}/plan', () => {
  it('tells which codepoints each file has', async () => {
    const plan = await readJson('/v1/faces/noto-sans-jp-400/plan');
    expect(plan).toEqual({
      ...{ version: 1, face: 'noto-sans-jp-400', build: meta.build, plan: meta.plan.id, source: 'priors' },
      ...{ bases: meta.bases, slices: meta.plan.slices, deltas: meta.plan.deltas },
    });
    const ranges = [...meta.bases, ...meta.plan.slices].map(({ unicodeRange }) => unicodeRange).join(',');
    expect([...parseUnicodeRange(ranges)]).toEqual([...codepoints]);
    const counted = [...meta.bases, ...meta.plan.slices].reduce((sum, file) => sum + file.codepoints, 0);
    expect(counted).toBe(codepoints.length);
  });

  it('tells what may be asked for by deltas: all but the first base', async () => {
    const { deltas } = (await readJson('/v1/faces/noto-sans-jp-400/plan')) as { deltas: string };
    const first = parseUnicodeRange(meta.bases[0]?.unicodeRange ?? '');
    expect(unionOf(...parseDeltaPlan(deltas).tiers)).toEqual(differenceOf(codepoints, first));
  });
});

describe('what the catalogue lacks', () => {
  it.each([
    ['/v1/families/nothing', 404, 'not-found', 'There is no family nothing; /v1/families lists'],
    ['/v1/families/Noto%20Sans%20JP', 404, 'not-found', '/v1/families lists those that are served'],
    ['/v1/faces/nothing-400/plan', 404, 'not-found', 'There is no face nothing-400; /v1/families lists'],
    ['/v1/faces/nothing/plan', 400, 'bad-identifier', 'a face is named like noto-sans-jp-400'],
    ['/v1/faces/noto-sans-jp-400', 404, 'not-found', 'Nothing is served at /v1/faces/noto-sans-jp-400'],
  ])('%s is answered with %d as problem+json', async (path, status, title, explanation) => {
    const response = await ask(path);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([status, 'no-store']);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    const detail = expect.stringContaining(explanation);
    expect(await response.json()).toEqual({ type: 'about:blank', title, status, detail });
  });
});
