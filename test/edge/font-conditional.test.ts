import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPack } from '../../font-service/pack/pack.ts';
import { ask } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { uploadPack } from './support/upload-pack.ts';

const pack = providedPack('smallPack');
const { meta } = readPack(pack);
const PATH = `/font/${meta.face}/${meta.build}/base-0.woff2`;

let whole: Uint8Array<ArrayBuffer>;
let etag: string;

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

beforeAll(async () => {
  await uploadPack(pack);
  const response = await ask(PATH);
  etag = response.headers.get('ETag') ?? '';
  whole = await bytesOf(response);
});

describe('HEAD of a font', () => {
  it.each([PATH, `/font/${meta.face}/${meta.build}/d/Af.woff2`])(
    'has the headers of GET and no body: %s',
    async (path) => {
      const get = await ask(path);
      await get.arrayBuffer();
      const [stored, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
      await stored.arrayBuffer();
      expect(head.status).toBe(200);
      expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(stored.headers));
      expect((await bytesOf(head)).length).toBe(0);
    },
  );
});

describe('If-None-Match', () => {
  it.each(['{}', 'W/{}', '"other", {}', '*'])('%s is answered with 304', async (pattern) => {
    for (const method of ['GET', 'HEAD']) {
      const response = await ask(PATH, { method, headers: { 'If-None-Match': pattern.replace('{}', etag) } });
      expect(response.status).toBe(304);
      expect((await bytesOf(response)).length).toBe(0);
      expect(response.headers.get('ETag')).toBe(etag);
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('Service-Worker-Script')).toBe('/sw.js');
    }
  });

  it.each(['"other"', 'nonsense', ''])('%j is answered with the font', async (tag) => {
    expect(await bytesOf(await ask(PATH, { headers: { 'If-None-Match': tag } }))).toEqual(whole);
  });

  it('comes before Range', async () => {
    const response = await ask(PATH, { headers: { 'If-None-Match': etag, Range: 'bytes=0-1' } });
    expect(response.status).toBe(304);
  });
});

describe('Range', () => {
  it('is answered with that part', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(whole.length * 2), async (first, more) => {
        const last = first + more;
        const response = await ask(PATH, { headers: { Range: `bytes=${first}-${last}` } });
        const part = whole.slice(first, last + 1);
        expect(response.status).toBe(206);
        expect(response.headers.get('Content-Range')).toBe(`bytes ${first}-${first + part.length - 1}/${whole.length}`);
        expect(response.headers.get('Content-Length')).toBe(String(part.length));
        expect(await bytesOf(response)).toEqual(part);
      }),
      { numRuns: 25 },
    );
  });

  it('may leave out its end or its beginning', async () => {
    expect(await bytesOf(await ask(PATH, { headers: { Range: 'bytes=10-' } }))).toEqual(whole.slice(10));
    expect(await bytesOf(await ask(PATH, { headers: { Range: 'bytes=-10' } }))).toEqual(whole.slice(-10));
    const all = await ask(PATH, { headers: { Range: 'bytes=-99999999' } });
    expect([all.status, await bytesOf(all)]).toEqual([206, whole]);
  });

  it.each(['bytes=99999999-', 'bytes=99999999-100000000', 'bytes=-0'])('%s is answered with 416', async (range) => {
    const response = await ask(PATH, { headers: { Range: range } });
    expect(response.status).toBe(416);
    expect(response.headers.get('Content-Range')).toBe(`bytes */${whole.length}`);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect((await bytesOf(response)).length).toBe(0);
  });

  it.each(['bytes=5-2', 'bytes=-', 'bytes=0-1,3-4', 'glyphs=0-1', 'bytes=a-b', 'bytes=0x1-2'])(
    '%s is passed over',
    async (range) => {
      const response = await ask(PATH, { headers: { Range: range } });
      expect([response.status, await bytesOf(response)]).toEqual([200, whole]);
    },
  );

  it('is passed over in HEAD', async () => {
    const response = await ask(PATH, { method: 'HEAD', headers: { Range: 'bytes=0-1' } });
    expect([response.status, response.headers.get('Content-Length')]).toEqual([200, String(whole.length)]);
  });
});

describe('If-Range', () => {
  it('gives the part of the same version, and the whole of another', async () => {
    const ranged = (version: string) => ask(PATH, { headers: { Range: 'bytes=0-9', 'If-Range': version } });
    expect(await bytesOf(await ranged(etag))).toEqual(whole.slice(0, 10));
    for (const version of ['"other"', `W/${etag}`, 'Wed, 21 Oct 2015 07:28:00 GMT']) {
      expect(await bytesOf(await ranged(version))).toEqual(whole);
    }
  });
});
