import { env } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { readPack } from '../../font-service/pack/pack.ts';
import { createR2FaceStore } from '../../server/stores/r2-face-store.ts';
import { ask } from './support/ask.ts';
import { createTestApp } from './support/create-test-app.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { providedPack } from './support/provided-pack.ts';

const pack = providedPack('smallPack');
const { meta } = readPack(pack);
const FOLDER = `/font/${meta.face}/${meta.build}`;
const SECRET = 'the bucket of 10.0.0.7 is gone';
const PATHS = [
  '/css2?family=Noto+Sans+JP',
  '/v1/families',
  '/healthz',
  `${FOLDER}/base-0.woff2`,
  `${FOLDER}/d/Af.woff2`,
];

function createBrokenApp() {
  const fail = () => Promise.reject(new Error(SECRET));
  return createTestApp({ list: fail, readPack: fail, put: fail });
}

async function expectOurFault(response: Response): Promise<string> {
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([500, 'no-store']);
  return response.text();
}

describe('a failure of ours', () => {
  it.each(PATHS)('is a 500 that keeps its reason to itself and to the log: %s', async (path) => {
    const { ask, failures } = createBrokenApp();
    const text = await expectOurFault(await ask(path));
    expect(text).toContain('Something went wrong on our side');
    expect(text).not.toContain('10.0.0.7');
    expect(failures.map(({ message }) => message)).toEqual([SECRET]);
  });

  it('during an upload is a 500 too', async () => {
    const store = { ...createMemoryStore([]), put: () => Promise.reject(new Error(SECRET)) };
    const { ask, failures } = createTestApp(store);
    const upload = { method: 'PUT', headers: { Authorization: `Bearer ${env.ADMIN_TOKEN}` }, body: pack };
    const text = await expectOurFault(await ask(`/v1/admin/faces/${meta.face}`, upload));
    expect(text).not.toContain('10.0.0.7');
    expect(failures.length).toBe(1);
    expect(await (await ask('/v1/families')).json()).toEqual({ families: [] });
  });

  it.each(PATHS.slice(3))('is what a damaged pack in the store is: %s', async (path) => {
    const store = createMemoryStore([pack]);
    const { ask, failures } = createTestApp({ ...store, readPack: async () => new Uint8Array(400) });
    await expectOurFault(await ask(path));
    expect(failures.length).toBe(1);
  });

  it.each(PATHS.slice(0, 3))('is what a listing that cannot be read is: %s', async (path) => {
    await env.FONTS.put('faces/noto-sans-jp-400.json', '', { customMetadata: { summary: '{"face":"x"}' } });
    const { ask, failures } = createTestApp(createR2FaceStore(env.FONTS));
    await expectOurFault(await ask(path));
    expect(failures.length).toBe(1);
    await env.FONTS.delete('faces/noto-sans-jp-400.json');
  });
});

describe('an upload whose listing fails', () => {
  it('leaves the earlier build in place', async () => {
    const bucket = (mayList: boolean) =>
      ({
        list: (options) => env.FONTS.list(options),
        get: (key: string, options: R2GetOptions) => env.FONTS.get(key, options),
        put: (key: string, value: Uint8Array, options: R2PutOptions) =>
          mayList || key.startsWith('packs/') ? env.FONTS.put(key, value, options) : Promise.reject(new Error(SECRET)),
      }) as R2Bucket;
    const upload = (body: BodyInit) => ({
      method: 'PUT',
      headers: { Authorization: `Bearer ${env.ADMIN_TOKEN}` },
      body,
    });
    const path = `/v1/admin/faces/${meta.face}`;
    const [working, failing] = [true, false].map((mayList) => createTestApp(createR2FaceStore(bucket(mayList))));
    expect((await working?.ask(path, upload(pack)))?.status).toBe(201);
    expect((await failing?.ask(path, upload(providedPack('laterPack'))))?.status).toBe(500);
    const listed = await (await createTestApp(createR2FaceStore(env.FONTS)).ask('/v1/families')).text();
    expect(listed).toContain(meta.build);
    expect(listed).not.toContain(readPack(providedPack('laterPack')).meta.build);
  });
});

describe('an error of the one who asks', () => {
  it('is not reported', async () => {
    const { ask, failures } = createTestApp(createMemoryStore([pack]));
    for (const path of ['/css2', '/css', '/font/x', '/nothing', '/v1/faces/x/plan', '/v1/families/x']) {
      const response = await ask(path);
      expect([path, response.status < 500]).toEqual([path, true]);
    }
    expect(failures).toEqual([]);
  });
});

describe('an unknown path', () => {
  it.each(['/', '/fonts', '/css2/', '/healthz/', '/%3Cscript%3E', '/dist/assets/sw.js'])(
    'is answered with 404 as text: %s',
    async (path) => {
      const response = await ask(path);
      expect([response.status, response.headers.get('Cache-Control')]).toEqual([404, 'no-store']);
      expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/);
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(await response.text()).toMatch(/^404: Nothing is served at \//);
    },
  );

  it('below /v1 is answered with problem+json', async () => {
    const response = await ask('/v1/nothing');
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'not-found',
      status: 404,
      detail: 'Nothing is served at /v1/nothing.',
    });
  });
});
